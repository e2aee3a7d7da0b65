import type { Digest } from '../../core/digest.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { shortDigest } from '../../core/release.ts';
import { seen } from '../../core/seen.ts';
import { readPointer } from '../../ledger/document.ts';
import { versionPath } from '../../ledger/paths.ts';
import { releaseOf } from './find-release.ts';
import { loadVerdict, type RegisterPorts } from './register.ts';

/** A version and the image that it names for ever. */
export interface Registered {
  version: string;
  digest: Digest;
}

/** What is said of a release whose image nobody names. */
export interface RegisteredWish {
  model: string;
  version?: string | undefined;
  /** Paths of verdict documents. */
  evidence: readonly string[];
}

const HOW = 'Say which image it is: --digest sha256:…, or --artifact FOLDER, which is packaged then.';

/**
 * The release that more verdicts are for: by its version, else by the image that the verdicts themselves speak of, as those of a shadow do.
 * One that the ledger does not know is a `usage` error that says what to add.
 */
export async function findRegistered(
  ports: Pick<RegisterPorts, 'ledger' | 'files'>,
  { model, version, evidence }: RegisteredWish,
): Promise<Registered> {
  if (version !== undefined) return byVersion(ports, model, version);
  const handed = await Promise.all(evidence.map((path) => loadVerdict(ports.files, path)));
  const images = [...new Set(handed.map(({ verdict }) => verdict.image?.digest))];
  const [image] = images;
  if (image === undefined || images.length > 1) {
    const what = images.length > 1 ? 'speak of different images' : 'name no image';
    throw usage(`The verdicts of ${model} ${what}. Say which version they are for: --version V. ${HOW}`);
  }
  const digest = parseDigest(image);
  const release = await releaseOf(ports.ledger, model, digest);
  if (release !== undefined) return { version: release.version, digest };
  throw usage(
    `The verdict speaks of ${shortDigest(digest)}, which is no registered release of ${model}. Add its version and image: --version V --digest sha256:…`,
  );
}

async function byVersion({ ledger }: Pick<RegisterPorts, 'ledger'>, model: string, version: string) {
  const path = /^[\w.+-]{1,128}$/.test(version) ? versionPath(model, version) : undefined;
  const pointer = path === undefined ? undefined : (await ledger.read([path])).files[path];
  if (path !== undefined && pointer !== undefined) return { version, digest: readPointer(pointer, path) };
  throw usage(`${model} ${seen(version)} is not registered yet. ${HOW}`);
}

function usage(message: string): KnownGoodError {
  return new KnownGoodError('usage', message);
}
