import { KnownGoodError } from '../../core/errors.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { LedgerStore } from '../../core/ledger-store.ts';
import type { Release } from '../../core/release.ts';
import { evidencePath } from '../../ledger/paths.ts';
import { currentTenure } from '../../ledger/state.ts';
import type { ShadowRelease } from '../../shadow/facts.ts';
import { findRelease, newestRelease } from '../release/find-release.ts';
import { loadView } from '../release/load-lane.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** Which releases are meant. */
export interface ReleaseWish {
  model: string;
  /** The environment whose current release is the champion when nobody names one. */
  environment?: string;
  champion?: string;
  challenger?: string;
}

/** What a ledger adds to a shadow: its releases, what the gate promised, and how often the pair was reported. */
export type FoundReleases = Pick<ShadowRequest, 'releases' | 'promised' | 'looksBefore'>;

/** A name that no ledger knows: the log's own word for a release. */
function plain(name: string): ShadowRelease & { names: readonly string[] } {
  return { name, version: name, names: [name] };
}

/** Releases by name alone; none where none is named. One without the other, or the same twice, is a `usage` error. */
export function releasesByName({ champion, challenger }: ReleaseWish): FoundReleases {
  if (champion === undefined && challenger === undefined) return { looksBefore: 0 };
  if (champion === undefined || challenger === undefined) {
    const other = champion === undefined ? '--champion' : '--challenger';
    throw new KnownGoodError('usage', `Name both releases, or neither: ${other} is missing.`);
  }
  if (champion === challenger)
    throw new KnownGoodError(
      'usage',
      `--champion and --challenger both name ${JSON.stringify(champion)}: there is nothing to compare. Name two releases.`,
    );
  return { releases: { champion: plain(champion), challenger: plain(challenger) }, looksBefore: 0 };
}

/**
 * The releases of a ledger: those named, else what serves in the environment and what was registered last. A ledger without any release of the
 * model knows none: names are then taken as the log's own words.
 */
export async function findReleases(ledger: LedgerStore, wish: ReleaseWish): Promise<FoundReleases> {
  const { model, environment } = wish;
  const newest = await newestRelease(ledger, model);
  if (newest === undefined) return releasesByName(wish);
  const challenger =
    wish.challenger === undefined ? newest : await findRelease(ledger, model, wish.challenger);
  const champion = await championOf(ledger, wish);
  if (champion === undefined) {
    if (wish.challenger === undefined && environment === undefined) return { looksBefore: 0 };
    throw new KnownGoodError(
      'usage',
      `Which release is the champion? Name it by --champion RELEASE, or the environment that it serves by --environment ENV.`,
    );
  }
  if (champion.digest === challenger.digest) throw sameRelease(champion, wish);
  const releases = { champion: named(champion), challenger: named(challenger) };
  const promised = await promiseOf(ledger, challenger, environment);
  return {
    releases,
    ...(promised === undefined ? {} : { promised }),
    looksBefore: looksAt(challenger, environment),
  };
}

async function championOf(ledger: LedgerStore, wish: ReleaseWish): Promise<Release | undefined> {
  const { model, environment, champion } = wish;
  if (champion !== undefined) return findRelease(ledger, model, champion);
  if (environment === undefined) return undefined;
  const lane: Lane = { model, environment };
  const current = currentTenure((await loadView(ledger, lane)).state);
  if (current !== undefined) return current.release;
  throw new KnownGoodError(
    'input',
    `Nothing was promoted to ${formatLane(lane)} yet, so there is no champion there. Name one by --champion RELEASE.`,
  );
}

function sameRelease({ version }: Release, { challenger }: ReleaseWish): KnownGoodError {
  const how = challenger === undefined ? 'The release that was registered last' : 'The challenger';
  return new KnownGoodError(
    'input',
    `${how}, ${version}, is the champion itself: there is nothing to compare. Name another by --challenger RELEASE, or register one first.`,
  );
}

/** Everything that a log may call a release. */
function named({ version, sha, digest, artifact }: Release): ShadowRelease & { names: readonly string[] } {
  const bare = (each: string): string => each.replace(/^sha256:/, '');
  const names = [
    version,
    ...(sha === undefined ? [] : [sha, ...[7, 8, 10, 12].map((length) => sha.slice(0, length))]),
    digest,
    bare(digest),
    bare(digest).slice(0, 12),
    ...(artifact === undefined ? [] : [artifact, bare(artifact)]),
  ];
  return {
    name: version,
    version,
    digest,
    ...(artifact === undefined ? {} : { artifact }),
    ...(sha === undefined ? {} : { sha }),
    names,
  };
}

/** The newest gate verdict of the challenger, for the environment where one was made for it. */
async function promiseOf(
  ledger: LedgerStore,
  { evidence }: Release,
  environment: string | undefined,
): Promise<ShadowRequest['promised']> {
  const gates = evidence
    .filter(({ kind }) => kind === 'gate')
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const ref = gates.find((each) => each.environment === environment) ?? gates[0];
  if (ref === undefined) return undefined;
  const path = evidencePath(ref.digest);
  const text = (await ledger.read([path])).files[path];
  return text === undefined ? undefined : { name: path, text };
}

function looksAt({ evidence }: Release, environment: string | undefined): number {
  return evidence.filter((each) => each.kind === 'shadow' && each.environment === environment).length;
}
