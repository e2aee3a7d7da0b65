import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Head, LedgerStore } from '../../core/ledger-store.ts';
import { seen } from '../../core/seen.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import { readPointer, readRelease } from '../../ledger/document.ts';
import {
  commitFolder,
  commitPath,
  digestFolder,
  newestPath,
  releaseFolder,
  releasePath,
  versionPath,
} from '../../ledger/paths.ts';

const SHOWN = 8;

/**
 * Finds a registered release by a version, a git SHA prefix of at least 7 digits, or a digest prefix of at least 12, each after an
 * optional `MODEL@`. A version wins over a prefix. An unknown or ambiguous one is an `input` error that lists what there is.
 */
export async function findRelease(ledger: LedgerStore, model: string, text: string): Promise<Release> {
  const name = text.startsWith(`${model}@`) ? text.slice(model.length + 1) : text;
  const exact = SAFE.test(name) ? versionPath(model, name) : undefined;
  const { head, files } = await ledger.read(exact === undefined ? [] : [exact]);
  const pointer = exact === undefined ? undefined : files[exact];
  if (pointer !== undefined && exact !== undefined)
    return recordOf(ledger, model, readPointer(pointer, exact));
  if (head === undefined) throw unknown(model, text, []);
  const digests = await byPrefix(ledger, head, { model, name });
  const [only] = digests;
  if (only !== undefined && digests.length === 1) return recordOf(ledger, model, only);
  if (only === undefined) throw unknown(model, text, await versions(ledger, head, model));
  const releases = await Promise.all(
    digests.slice(0, SHOWN).map((digest) => recordOf(ledger, model, digest)),
  );
  const names = releases.map(nameRelease).join(', ');
  throw new KnownGoodError(
    'input',
    `${seen(text)} is the beginning of ${digests.length} releases of ${model}: ${names}. Write more of it.`,
  );
}

/** The release that was registered last; `undefined` when there is none. */
export async function newestRelease(ledger: LedgerStore, model: string): Promise<Release | undefined> {
  const path = newestPath(model);
  const text = (await ledger.read([path])).files[path];
  return text === undefined ? undefined : recordOf(ledger, model, readPointer(text, path));
}

/** The record of a digest; `undefined` when it was never registered. */
export async function releaseOf(
  ledger: LedgerStore,
  model: string,
  digest: Digest,
): Promise<Release | undefined> {
  const path = releasePath(model, digest);
  const text = (await ledger.read([path])).files[path];
  return text === undefined ? undefined : readRelease(text, path);
}

const SAFE = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,127}$/;

async function recordOf(ledger: LedgerStore, model: string, digest: Digest): Promise<Release> {
  const release = await releaseOf(ledger, model, digest);
  if (release !== undefined) return release;
  throw new KnownGoodError(
    'unavailable',
    `The ledger names ${digest} of ${model} but has no record of it. Run known-good ledger verify.`,
  );
}

async function byPrefix(
  ledger: LedgerStore,
  head: Head,
  { model, name }: { model: string; name: string },
): Promise<Digest[]> {
  const hex = name.replace(/^sha256:/, '');
  const found = new Set<Digest>();
  if (/^[0-9a-f]{12,64}$/.test(hex)) {
    for (const file of await ledger.list(head, digestFolder(model, hex))) {
      if (/^[0-9a-f]{64}\.json$/.test(file) && file.startsWith(hex))
        found.add(`sha256:${file.slice(0, 64)}` as Digest);
    }
  }
  if (/^[0-9a-f]{7,40}$/.test(name)) {
    for (const file of await ledger.list(head, commitFolder(model, name))) {
      if (!file.startsWith(name)) continue;
      const path = commitPath(model, file.slice(0, -'.json'.length));
      const text = (await ledger.read([path])).files[path];
      if (text !== undefined) found.add(readPointer(text, path));
    }
  }
  return [...found];
}

async function versions(ledger: LedgerStore, head: Head, model: string): Promise<string[]> {
  const files = await ledger.list(head, `${releaseFolder(model)}/versions`);
  return files.map((file) => file.replace(/\.json$/, ''));
}

function unknown(model: string, text: string, known: readonly string[]): KnownGoodError {
  const list = known.length === 0 ? `none is registered` : `registered: ${known.slice(-SHOWN).join(', ')}`;
  return new KnownGoodError(
    'input',
    `There is no release ${seen(text)} of ${model}: ${list}. Write a version, at least 7 digits of a commit or 12 of a digest; known-good register adds one.`,
  );
}
