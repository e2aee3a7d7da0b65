import type { Digest } from '../core/digest.ts';
import type { Release } from '../core/release.ts';
import type { Action } from './action.ts';
import type { Entry, Intent, KnownEntry } from './entry.ts';
import { isKnown } from './entry.ts';

/** A release as a row names it. */
export interface NamedRelease {
  digest: Digest;
  version?: string;
}

/** How an operation ended, and what became of its release. */
export type Ending =
  | { kind: 'serves'; healthyAt?: string }
  | { kind: 'replaced'; by: number; healthyAt?: string }
  /** It serves on under another name. */
  | { kind: 'handed-over'; by: number; healthyAt?: string }
  | { kind: 'rolled-back'; by: number; reason?: string; healthyAt?: string }
  | { kind: 'not-moved'; why: string }
  | { kind: 'taken-over'; by: number }
  | { kind: 'open' }
  /** A tag that was pointed back: nothing new began to serve. */
  | { kind: 'repaired' };

/** One row of a lane's history. */
export type HistoryRow = {
  seq: number;
  at: string;
  by: string;
  reason?: string;
  run?: string;
} & (
  | {
      kind: 'operation';
      action: Action;
      from: NamedRelease | 'absent';
      to: NamedRelease;
      movedAt?: string;
      /** How long it served, in milliseconds; until now where it still does. Absent where it never did. */
      servedMs?: number;
      ending: Ending;
      unproved?: boolean;
      acceptedHold?: boolean;
      /** Logins of those whose approvals it was moved on. */
      approvedBy?: readonly string[];
      /** The deployment failed, or the last look did. */
      trouble?: string;
    }
  | { kind: 'locked' | 'unlocked' }
  | { kind: 'released' | 'approved'; release: NamedRelease }
  /** The environment of the other lane: of the one that carries on, and of the one that ended. */
  | { kind: 'closed' | 'inherited'; other: string }
);

/** Kinds of entries that a history is made of. */
export const HISTORY_KINDS = [
  'intent',
  'moved',
  'failed',
  'aborted',
  'healthy',
  'locked',
  'unlocked',
  'released',
  'approved',
  'closed',
  'inherited',
] as const;

/**
 * The history of a lane, newest first, from its entries, oldest first; entries of other kinds are passed over. `known` names digests whose
 * intents are older than the entries.
 */
export function historyOf(
  entries: readonly Entry[],
  { known, now }: { known: readonly Release[]; now: string },
): HistoryRow[] {
  const own = entries.filter(isKnown);
  const names = new Map(known.map(({ digest, version }) => [digest, version]));
  for (const entry of own) if (entry.kind === 'intent') names.set(entry.to, entry.release.version);
  const rows = own.flatMap((entry, i) => rowOf(entry, { later: own.slice(i + 1), names, now }));
  return rows.toReversed();
}

interface Context {
  later: readonly KnownEntry[];
  names: ReadonlyMap<Digest, string>;
  now: string;
}

function rowOf(entry: KnownEntry, context: Context): HistoryRow[] {
  const { seq, at, actor, run } = entry;
  const shared = { seq, at, by: actor.name, ...(run === undefined ? {} : { run }) };
  switch (entry.kind) {
    case 'intent':
      return [operationRow(entry, { ...context, shared })];
    case 'locked':
    case 'unlocked':
      return [
        { ...shared, kind: entry.kind, ...(entry.reason === undefined ? {} : { reason: entry.reason }) },
      ];
    case 'released':
      return [
        { ...shared, kind: 'released', reason: entry.reason, release: named(entry.digest, context.names) },
      ];
    case 'approved': {
      const { reason, digest, version } = entry;
      const why = reason === undefined ? {} : { reason };
      return [{ ...shared, ...why, kind: 'approved', release: { digest, version } }];
    }
    case 'closed':
      return [{ ...shared, kind: 'closed', reason: entry.reason, other: entry.successor }];
    case 'inherited':
      return [{ ...shared, kind: 'inherited', reason: entry.reason, other: entry.from.environment }];
    default:
      return [];
  }
}

function operationRow(
  intent: Intent,
  context: Context & { shared: Pick<HistoryRow, 'seq' | 'at' | 'by' | 'run'> },
): HistoryRow {
  const { shared, names, later, now } = context;
  const moved = later.find((entry) => entry.kind === 'moved' && entry.operation === intent.id);
  const following = moved === undefined ? undefined : nextStay(later, moved.seq);
  const closed = later.find(({ kind, seq }) => kind === 'closed' && seq < (following?.seq ?? Infinity));
  const next = closed === undefined ? following : undefined;
  const stay = later.filter(
    ({ seq }) => moved !== undefined && seq > moved.seq && seq < (next?.seq ?? closed?.seq ?? Infinity),
  );
  const end = next?.movedAt ?? closed?.at ?? now;
  const serves = moved !== undefined && intent.action !== 'repair';
  const trouble = troubleOf(stay, intent);
  return {
    ...shared,
    kind: 'operation',
    action: intent.action,
    from: intent.from === 'absent' ? 'absent' : named(intent.from, names),
    to: named(intent.to, names),
    ...(moved === undefined ? {} : { movedAt: moved.at }),
    ...(serves ? { servedMs: Math.max(0, Date.parse(end) - Date.parse(moved.at)) } : {}),
    ending: endingOf(intent, { moved, next, closed, stay, later }),
    ...(intent.reason === undefined ? {} : { reason: intent.reason }),
    ...(intent.unproved === true ? { unproved: true } : {}),
    ...(intent.acceptedHold === true ? { acceptedHold: true } : {}),
    ...(intent.approvedBy === undefined ? {} : { approvedBy: intent.approvedBy.map(({ by }) => by) }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}

function named(digest: Digest, names: ReadonlyMap<Digest, string>): NamedRelease {
  const version = names.get(digest);
  return version === undefined ? { digest } : { digest, version };
}

interface Stay {
  /** Number of the intent. */
  seq: number;
  intent: Intent;
  movedAt: string;
}

/** The first operation after a move that brought another stay. */
function nextStay(later: readonly KnownEntry[], movedSeq: number): Stay | undefined {
  for (const entry of later) {
    if (entry.kind !== 'moved' || entry.seq <= movedSeq) continue;
    const intent = later.find((other) => other.kind === 'intent' && other.id === entry.operation);
    if (intent?.kind === 'intent' && intent.action !== 'repair')
      return { seq: intent.seq, intent, movedAt: entry.at };
  }
  return undefined;
}

function endingOf(
  intent: Intent,
  {
    moved,
    next,
    closed,
    stay,
    later,
  }: {
    moved: KnownEntry | undefined;
    next: Stay | undefined;
    closed: KnownEntry | undefined;
    stay: readonly KnownEntry[];
    later: readonly KnownEntry[];
  },
): Ending {
  if (moved === undefined) return unmoved(intent, later);
  if (intent.action === 'repair') return { kind: 'repaired' };
  const healthy = stay.find(({ kind }) => kind === 'healthy');
  const proved = healthy === undefined ? {} : { healthyAt: healthy.at };
  if (closed !== undefined) return { kind: 'handed-over', by: closed.seq, ...proved };
  if (next === undefined) return { kind: 'serves', ...proved };
  const { reason, action } = next.intent;
  return action === 'rollback'
    ? { kind: 'rolled-back', by: next.seq, ...(reason === undefined ? {} : { reason }), ...proved }
    : { kind: 'replaced', by: next.seq, ...proved };
}

function unmoved({ id }: Intent, later: readonly KnownEntry[]): Ending {
  for (const entry of later) {
    if (entry.kind === 'intent') return { kind: 'taken-over', by: entry.seq };
    const closes = entry.kind === 'aborted' || (entry.kind === 'failed' && entry.phase === 'tag');
    if (closes && entry.operation === id) return { kind: 'not-moved', why: entry.message };
  }
  return { kind: 'open' };
}

/** The last bad word about a stay that nothing good followed. */
function troubleOf(stay: readonly KnownEntry[], { id }: Intent): string | undefined {
  const last = stay.findLast(
    (entry) =>
      entry.kind === 'healthy' ||
      (entry.kind === 'failed' && (entry.phase === 'probe' || entry.operation === id)),
  );
  return last?.kind === 'failed' ? last.message : undefined;
}
