import type { KnownEntry, Entry, Intent } from './entry.ts';
import { isKnown } from './entry.ts';
import { foldApproved } from './fold-approved.ts';
import { foldClosed, foldInherited } from './fold-hand-over.ts';
import { laneRelease } from './lane-release.ts';
import { keepTenures } from './keep-tenures.ts';
import { settledAt, STRAY_MEMORY_MS } from './late-writes.ts';
import { lookBad, lookGood } from './soak.ts';
import { currentTenure, emptyState, type LaneState, type OpenOperation, type Tenure } from './state.ts';

const MOST_STRAYS = 20;
const MOST_COMMENTS = 200;

/** The state of a lane after all its entries, oldest first. Pure; the state file always equals it. */
export function fold(lane: { model: string; environment: string }, entries: readonly Chained[]): LaneState {
  return entries.reduce(applyEntry, emptyState(lane));
}

/** An entry and the digest of its bytes. */
export interface Chained {
  entry: Entry;
  digest: NonNullable<LaneState['last']>;
}

/** The state after one more entry. Entries of kinds not known here only advance the chain. */
export function applyEntry(state: LaneState, { entry, digest }: Chained): LaneState {
  const chained = { ...state, seq: entry.seq, last: digest, at: entry.at };
  return isKnown(entry) ? applyKnown(marked(chained, entry), entry) : chained;
}

/** Remembers the comment that asked for an entry: it is not carried out again. */
function marked(state: LaneState, entry: KnownEntry): LaneState {
  if (!('comment' in entry) || entry.comment === undefined) return state;
  const { comment: id, seq, kind } = entry;
  const mark = { id, seq, ...(kind === 'intent' ? {} : { kind }) };
  return { ...state, comments: [...state.comments, mark].slice(-MOST_COMMENTS) };
}

function applyKnown(state: LaneState, entry: KnownEntry): LaneState {
  switch (entry.kind) {
    case 'intent':
      return opened(state, entry);
    case 'moved':
      return moved(state, entry);
    case 'deployed':
      return deployed(state, entry);
    case 'failed':
      return failed(state, entry);
    case 'aborted':
      return aborted(state, entry);
    case 'observed':
      return onCurrent(state, entry, (tenure) => lookGood(tenure, entry.at));
    case 'healthy':
      return onCurrent(state, entry, (tenure) => ({ ...lookGood(tenure, entry.at), healthyAt: entry.at }));
    case 'inconclusive':
      return onCurrent(state, entry, (tenure) =>
        lookBad(tenure, { kind: 'inconclusive', phase: 'probe', message: entry.message, at: entry.at }),
      );
    case 'locked':
      return { ...state, lock: { reason: entry.reason, actor: entry.actor.name, at: entry.at } };
    case 'unlocked':
      return without(state, 'lock');
    case 'released':
      return { ...state, left: state.left.filter((left) => left.digest !== entry.digest) };
    case 'approved':
      return foldApproved(state, entry);
    case 'closed':
      return foldClosed(state, entry);
    case 'inherited':
      return foldInherited(state, entry);
    default:
      return entry satisfies never;
  }
}

function opened(state: LaneState, intent: Intent): LaneState {
  const { open } = state;
  const ended = without(open === undefined ? state : takenOver(state, open, intent), 'closed');
  const continues = open?.to === intent.to ? (open.moved ? open.seq : open.continues) : undefined;
  const goesOn = continues === undefined ? {} : { continues };
  return {
    ...ended,
    policy: samePlace(state.policy, intent.policy) ? intent.policy : (state.policy ?? intent.policy),
    open: { ...openOperation(intent), ...goesOn },
    left: leave(state, intent),
  };
}

/** Whether two policies speak of the same tag; a lane without a policy takes any. */
function samePlace(before: LaneState['policy'], after: Intent['policy']): boolean {
  return before === undefined || (before.tag === after.tag && before.image === after.image);
}

/** A release that was moved there and not deployed before somebody took over is in trouble, unless they go on with it. */
function takenOver(state: LaneState, open: OpenOperation, { at, actor, action }: Intent): LaneState {
  const closed = superseded(state, open, at);
  if (!open.moved) return closed;
  const message = `Taken over by ${actor.name}'s ${action} before it was deployed.`;
  return onCurrent(closed, { digest: open.to }, (tenure) =>
    lookBad(tenure, { kind: 'failed', phase: 'deploy', message, at }),
  );
}

function openOperation(intent: Intent): OpenOperation {
  const release = laneRelease(intent.release, intent.environment);
  const { seq, id, action, from, to, policy, owner, lease, at, askedAt } = intent;
  return {
    seq,
    operation: id,
    action,
    from,
    to,
    release,
    policy,
    actor: intent.actor.name,
    owner,
    lease,
    at,
    askedAt,
    ...pick(intent, [
      'run',
      'comment',
      'config',
      'leaves',
      'reason',
      'unproved',
      'acceptedHold',
      'approvedBy',
    ]),
    moved: false,
  };
}

function leave(state: LaneState, { leaves, seq, at, actor, environment, reason }: Intent): LaneState['left'] {
  if (leaves === undefined) return state.left;
  const others = state.left.filter((left) => left.digest !== leaves.digest);
  return [
    ...others,
    { ...leaves, environment, seq, at, actor: actor.name, ...(reason === undefined ? {} : { reason }) },
  ];
}

/** An operation that ends without its tag write being accounted for: the write may still land. An adoption writes no tag. */
function superseded(state: LaneState, open: OpenOperation, at: string): LaneState {
  if (open.action === 'adopt') return without(state, 'open');
  const strays = [...state.strays.filter((stray) => stray.digest !== open.to), { digest: open.to, at }];
  return { ...without(state, 'open'), strays: strays.slice(-MOST_STRAYS), unsettledUntil: settledAt(at) };
}

function moved(state: LaneState, { operation, at }: KnownEntry & { kind: 'moved' }): LaneState {
  const { open } = state;
  if (open?.operation !== operation) return state;
  const { policy } = open;
  const closes = policy.deploy.kind === 'none' || open.action === 'adopt' || open.action === 'repair';
  const calm = { ...settled(state, at), policy };
  const after =
    open.action === 'repair' ? calm : { ...without(calm, 'approvals'), tenures: withTenure(calm, open, at) };
  return closes ? without(after, 'open') : { ...after, open: { ...open, moved: true } };
}

/** A tag that was read back after the last late write could land: nobody has to wait for one, and in time they are forgotten. */
function settled(state: LaneState, at: string): LaneState {
  const { unsettledUntil, ...rest } = state;
  const forgotten = Date.parse(at) - STRAY_MEMORY_MS;
  const strays = state.strays.filter((stray) => Date.parse(stray.at) > forgotten);
  return unsettledUntil === undefined || at < unsettledUntil ? { ...state, strays } : { ...rest, strays };
}

function withTenure(state: LaneState, open: OpenOperation, at: string): Tenure[] {
  const { seq, action, release, policy, from, actor } = open;
  const tenure: Tenure = {
    seq,
    action,
    release,
    from,
    actor,
    movedAt: at,
    requires: policy.requires,
    soakMs: policy.soakMs,
    ...pick(open, ['reason', 'unproved', 'acceptedHold']),
  };
  const before = state.tenures.filter((stay) => stay.seq !== open.continues);
  const left = new Set<string>(state.left.map(({ digest }) => digest));
  return keepTenures([...before, tenure], left);
}

function deployed(state: LaneState, { operation, at, digest }: KnownEntry & { kind: 'deployed' }): LaneState {
  if (state.open?.operation !== operation) return state;
  return without(
    onCurrent(state, { digest }, (tenure) => ({ ...tenure, deployedAt: at })),
    'open',
  );
}

function failed(state: LaneState, entry: KnownEntry & { kind: 'failed' }): LaneState {
  const { phase, operation, message, at } = entry;
  if (phase === 'probe')
    return onCurrent(state, entry, (tenure) => lookBad(tenure, { kind: 'failed', phase, message, at }));
  const { open } = state;
  if (open === undefined || open.operation !== operation) return state;
  if (phase === 'tag') return superseded(state, open, at);
  const closed = without(state, 'open');
  return onCurrent(closed, entry, (tenure) => lookBad(tenure, { kind: 'failed', phase, message, at }));
}

function aborted(state: LaneState, { operation, at }: KnownEntry & { kind: 'aborted' }): LaneState {
  const { open } = state;
  return open?.operation === operation ? superseded(state, open, at) : state;
}

/** Changes the current tenure where the entry speaks of its release; otherwise nothing. */
function onCurrent(
  state: LaneState,
  { digest }: { digest: string },
  change: (tenure: Tenure) => Tenure,
): LaneState {
  const current = currentTenure(state);
  if (current === undefined || current.release.digest !== digest) return state;
  return { ...state, tenures: [...state.tenures.slice(0, -1), change(current)] };
}

function without<K extends 'open' | 'lock' | 'closed' | 'approvals'>(state: LaneState, key: K): LaneState {
  const { [key]: _gone, ...rest } = state;
  return rest as LaneState;
}

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  ) as Pick<T, K>;
}
