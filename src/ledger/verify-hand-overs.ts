import { digestOf } from '../core/digest.ts';
import { formatLane, type Lane } from '../core/lane.ts';
import { writeDocument } from './document.ts';
import { isKnown, type Inherited, type KnownEntry } from './entry.ts';
import { applyEntry } from './fold.ts';
import { composeHandOver } from './hand-over.ts';
import type { LedgerProblem } from './ledger-problem.ts';
import { entryPath } from './paths.ts';
import { emptyState, type LaneState } from './state.ts';
import type { CheckedLane } from './verify-lane.ts';

/** Whether the two halves of every hand-over fit: each closed lane has its heir, and the heir has what the lane was. Only of lanes that are whole. */
export function handOverProblems(
  files: ReadonlyMap<string, string>,
  lanes: readonly CheckedLane[],
): LedgerProblem[] {
  const byName = new Map(lanes.map((checked) => [formatLane(checked.lane), checked]));
  return lanes.flatMap(({ lane, state, entries }) =>
    (state === undefined ? [] : entries.filter(isKnown)).flatMap((entry): LedgerProblem[] => {
      const other = otherHalf(lane, entry);
      const checked = other === undefined ? undefined : byName.get(formatLane(other));
      const isBroken = checked !== undefined && checked.state === undefined;
      if (other === undefined || isBroken) return [];
      const half = { lane, other, its: checked?.entries.filter(isKnown) ?? [], files };
      return fits(entry, half) ? [] : [problem(entry, half)];
    }),
  );
}

function fits(entry: KnownEntry, half: Half): boolean {
  if (entry.kind === 'inherited') return inherits(entry, half);
  return half.its.some((each) => each.kind === 'inherited' && isHeirOf(each, half.lane, entry.seq));
}

function problem({ seq, kind }: KnownEntry, { lane, other }: Half): LedgerProblem {
  const message = `${formatLane(lane)} ${seq} says that a lane was handed over, and ${formatLane(other)} does not say the same: one of the two was altered.`;
  return { code: 'altered-entry', path: entryPath(lane, seq, kind), message };
}

function otherHalf({ model }: Lane, entry: KnownEntry): Lane | undefined {
  if (entry.kind === 'closed') return { model, environment: entry.successor };
  return entry.kind === 'inherited' ? { model, environment: entry.from.environment } : undefined;
}

function isHeirOf({ from }: Inherited, { environment }: Lane, seq: number): boolean {
  return from.environment === environment && from.seq === seq;
}

interface Half {
  lane: Lane;
  other: Lane;
  /** Entries of the other lane. */
  its: readonly KnownEntry[];
  files: ReadonlyMap<string, string>;
}

/** The entry names the bytes that closed the other lane, and holds what that lane was just before. */
function inherits(entry: Inherited, { lane, other, its, files }: Half): boolean {
  const closing = its.find(({ seq }) => seq === entry.from.seq);
  const text = files.get(entryPath(other, entry.from.seq, 'closed'));
  if (closing?.kind !== 'closed' || closing.successor !== lane.environment) return false;
  if (text === undefined || digestOf(text) !== entry.from.digest) return false;
  const { policy, reason, at: now, actor } = entry;
  const old = {
    lane: other,
    head: undefined,
    state: stateBefore(other, closing, its),
    quarantine: [],
  };
  const heir = { lane, head: undefined, state: emptyState(lane), quarantine: [] };
  const ids = [closing.id, entry.id] as const;
  const { draft } = composeHandOver({ old, heir }, { policy, reason, ids, now, actor });
  const said = [entry.tenures, entry.strays, entry.unsettledUntil ?? '', entry.lock ?? ''];
  const was = [draft.tenures, draft.strays, draft.unsettledUntil ?? '', draft.lock ?? ''];
  return writeDocument(said) === writeDocument(was);
}

/** All of a lane's state before an entry, but for the digest of its last one. */
function stateBefore(lane: Lane, { seq, id }: KnownEntry, its: readonly KnownEntry[]): LaneState {
  const digest = digestOf(id);
  const before = its.filter((entry) => entry.seq < seq).map((entry) => ({ entry, digest }));
  return before.reduce(applyEntry, emptyState(lane));
}
