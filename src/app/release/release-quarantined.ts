import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import { composeCommit, type LaneView } from '../../ledger/commit.ts';
import { readEntry, readQuarantine } from '../../ledger/document.ts';
import type { EntryDraft } from '../../ledger/entry.ts';
import { entryPath, quarantinePath } from '../../ledger/paths.ts';
import { markOf, type Left } from '../../ledger/state.ts';
import type { ChangeResult } from '../../promotion/change-result.ts';
import { carriedOut, type CarriedOut } from './carried-out.ts';
import { findRelease, releaseOf } from './find-release.ts';
import { listLanes, loadViews } from './load-views.ts';
import type { ReleasePorts } from './release-ports.ts';

const MOST_RACES = 50;
const MOST_REJECTIONS = 3;
const SHORTEST_PREFIX = 12;

/** Which release may be promoted again, and why. `release` is a version, or the beginning of a commit or digest. */
export interface ReleaseOrder {
  model: string;
  release: string;
  /** At most 500 characters. */
  reason: string;
  /** The comment that asks: carried out once. */
  comment?: string | undefined;
  dryRun?: boolean | undefined;
}

/** Takes a digest out of the model's quarantine: an entry in every lane that left it, all in one commit. */
export async function releaseQuarantined(ports: ReleasePorts, order: ReleaseOrder): Promise<ChangeResult> {
  const { model } = order;
  const digest = await digestOfRelease(ports, order);
  const record = await releaseOf(ports.ledger, model, digest);
  const name = record === undefined ? shortDigest(digest) : nameRelease(record);
  const base = {
    schema: 1,
    command: 'release',
    ...(record === undefined ? {} : { release: record }),
  } as const;
  const tried: Tried = new Map();
  let rejections = 0;
  for (let race = 0; race < MOST_RACES; race++) {
    const views = await viewsThatLeft(ports, model, digest);
    const [first] = views;
    if (await isThere(ports, tried)) {
      return done(base, { name, model, tried, head: (await ports.ledger.read([])).head });
    }
    const before = await releasedBefore(ports, order);
    if (before !== undefined) return { ...base, outcome: 'nothing', message: before.message };
    if (first === undefined) return notQuarantined(base, name);
    const lanes = views.map(({ lane }) => lane);
    const message = `${name} may be promoted again: ${order.reason}`;
    if (order.dryRun === true) return { ...base, outcome: 'planned', message, lanes };
    const commit = compose(ports, views, { digest, order, tried });
    const written = await ports.ledger.append(commit).catch((error: unknown) => {
      if (++rejections === MOST_REJECTIONS) throw error;
      return { kind: 'unknown' } as const;
    });
    if (written.kind === 'appended') {
      return done(base, { name, model, tried, head: written.head });
    }
  }
  const message = `The ledger could not be written: ${MOST_RACES} times in a row somebody else was faster. Try again.`;
  throw new KnownGoodError('unavailable', message);
}

/** By environment: the id of our entry, which stays the same, and where it was put last. */
type Tried = Map<string, { id: string; path: string }>;

type Base = Omit<ChangeResult, 'outcome' | 'message'>;

function notQuarantined(base: Base, name: string): ChangeResult {
  const message = `${name} is not quarantined: nothing keeps it from being promoted on that account.`;
  return { ...base, outcome: 'refused', message, reasons: [{ code: 'not-quarantined', message }] };
}

function done(
  base: Base,
  { name, model, tried, head }: { name: string; model: string; tried: Tried; head: string | undefined },
): ChangeResult {
  const lanes = [...tried.keys()].map((environment): Lane => ({ model, environment }));
  const where = lanes.map(formatLane).join(', ');
  const message = `${name} is out of quarantine, where ${where} had left it: it may be promoted again.`;
  return { ...base, outcome: 'done', message, lanes, ...(head === undefined ? {} : { head }) };
}

/** The lanes whose state still holds the digest as left, in one look. */
async function viewsThatLeft({ ledger }: ReleasePorts, model: string, digest: Digest): Promise<LaneView[]> {
  const environments = (await quarantineOf(ledger, model))
    .filter((left) => left.digest === digest)
    .map(({ environment }) => environment);
  const lanes = [...new Set(environments)].map((environment) => ({ model, environment }));
  const views = await loadViews(ledger, lanes);
  return views.filter(({ state }) => state.left.some((left) => left.digest === digest));
}

async function quarantineOf(ledger: ReleasePorts['ledger'], model: string): Promise<readonly Left[]> {
  const path = quarantinePath(model);
  return readQuarantine((await ledger.read([path])).files[path], path);
}

/**
 * What the comment that asks did before, in whichever lane of the model: what it released may have been left again since. The lanes are
 * read after those that are written to, so that a commit that rests on an older look is lost.
 */
async function releasedBefore(
  ports: ReleasePorts,
  { model, comment }: ReleaseOrder,
): Promise<CarriedOut | undefined> {
  if (comment === undefined) return undefined;
  const lanes = (await listLanes(ports.ledger)).filter((lane) => lane.model === model);
  const view = (await loadViews(ports.ledger, lanes)).find(
    ({ state }) => markOf(state, comment) !== undefined,
  );
  return view === undefined ? undefined : carriedOut(ports, view, comment);
}

/** One commit for all lanes. */
function compose(
  { ids, actor, run, timer }: ReleasePorts,
  views: readonly LaneView[],
  { digest, order, tried }: { digest: Digest; order: ReleaseOrder; tried: Tried },
): ReturnType<typeof composeCommit>['commit'] {
  const files: Record<string, string> = {};
  let quarantine = views[0]?.quarantine ?? [];
  const now = timer.now().toISOString();
  const { reason, comment } = order;
  const asked = comment === undefined ? {} : { comment };
  for (const view of views) {
    const id = tried.get(view.lane.environment)?.id ?? ids.next();
    const draft: EntryDraft = { kind: 'released', id, digest, reason, ...asked };
    const { commit, after } = composeCommit({ ...view, quarantine }, { drafts: [draft], actor, run, now });
    Object.assign(files, commit.files);
    quarantine = after.quarantine;
    tried.set(view.lane.environment, { id, path: entryPath(view.lane, view.state.seq + 1, draft.kind) });
  }
  const names = views.map(({ lane }) => formatLane(lane)).join(', ');
  return { parent: views[0]?.head, files, message: `${names}: released` };
}

/** Whether the entries of a commit whose answer was lost are in the ledger: all or none are. */
async function isThere({ ledger }: ReleasePorts, tried: Tried): Promise<boolean> {
  const [first] = tried.values();
  if (first === undefined) return false;
  const { path, id } = first;
  const text = (await ledger.read([path])).files[path];
  return text !== undefined && readEntry(text, path).entry.id === id;
}

/** A digest in quarantine by its version or its beginning, else any registered release. */
async function digestOfRelease({ ledger }: ReleasePorts, { model, release }: ReleaseOrder): Promise<Digest> {
  const name = release.startsWith(`${model}@`) ? release.slice(model.length + 1) : release;
  const hex = name.replace(/^sha256:/, '');
  const isPrefix = hex.length >= SHORTEST_PREFIX && /^[0-9a-f]+$/.test(hex);
  const found = (await quarantineOf(ledger, model)).filter(
    ({ version, digest }) => version === name || (isPrefix && digest.startsWith(`sha256:${hex}`)),
  );
  const [only, ...others] = new Set(found.map(({ digest }) => digest));
  if (only !== undefined && others.length === 0) return only;
  return (await findRelease(ledger, model, release)).digest;
}
