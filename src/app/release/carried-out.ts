import { formatLane } from '../../core/lane.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { readEntry } from '../../ledger/document.ts';
import type { EntryKind, Intent } from '../../ledger/entry.ts';
import { isKnown } from '../../ledger/entry.ts';
import type { Ending } from '../../ledger/history.ts';
import { entryPath } from '../../ledger/paths.ts';
import { currentTenure, markOf } from '../../ledger/state.ts';
import { laneHistory } from './history.ts';
import type { ReleasePorts } from './release-ports.ts';

/** So many rows of history are looked through for what became of an operation. */
const MOST_ROWS = 50;

/** What came of a comment that a lane was changed by already: it is not carried out again. */
export interface CarriedOut {
  /** `not-moved`: it was begun, and the environment is what it was. */
  outcome: 'nothing' | 'not-moved';
  message: string;
  /** Number of its entry. */
  seq: number;
  release?: Release;
}

/** Says what a comment did in a lane, as a view of it tells; `undefined` where it did nothing there yet. */
export async function carriedOut(
  ports: Pick<ReleasePorts, 'ledger' | 'timer'>,
  view: LaneView,
  comment: string | undefined,
): Promise<CarriedOut | undefined> {
  const mark = markOf(view.state, comment);
  if (mark === undefined) return undefined;
  const { seq, kind = 'intent' } = mark;
  const path = entryPath(view.lane, seq, kind);
  const text = (await ports.ledger.read([path])).files[path];
  const entry = text === undefined ? undefined : readEntry(text, path).entry;
  const name = formatLane(view.lane);
  const at = entry === undefined ? '' : `, ${entry.at}`;
  const what = `This comment was carried out already (entry ${seq} of ${name}${at}), and is not carried out twice`;
  if (entry === undefined || !isKnown(entry) || entry.kind !== 'intent') {
    const how = kind === 'intent' ? '' : ` ${DONE[kind] ?? ''}`;
    return { outcome: 'nothing', message: `${what}.${how}`.trimEnd(), seq };
  }
  const { text: became, moved } = await outcomeOf(ports, view, entry);
  const message = `${what}: ${entry.action} to ${nameRelease(entry.release)}. ${became}`;
  return { outcome: moved ? 'nothing' : 'not-moved', message, seq, release: entry.release };
}

const DONE: Partial<Readonly<Record<EntryKind, string>>> = {
  locked: 'It locked the lane.',
  unlocked: 'It unlocked the lane.',
  released: 'It took the release out of quarantine.',
  approved: 'It approved the release.',
};

/** What became of an operation, in a sentence; `moved` is false only where nothing of it is left and the tag did not move. */
async function outcomeOf(
  ports: Pick<ReleasePorts, 'ledger' | 'timer'>,
  { lane, state }: LaneView,
  { seq, id }: Intent,
): Promise<{ text: string; moved: boolean }> {
  const { open } = state;
  if (open?.operation === id) {
    const where = open.run === undefined ? '' : ` (${open.run})`;
    return { text: `${open.actor} is at work on it since ${open.at}${where}.`, moved: true };
  }
  const current = currentTenure(state);
  const stay = state.tenures.find((tenure) => tenure.seq === seq);
  if (stay !== undefined && current !== undefined) {
    const since =
      stay === current
        ? 'and is what should serve there now'
        : `and ${current.actor}'s ${current.action} to ${nameRelease(current.release)} followed at ${current.movedAt}`;
    const trouble = stay.trouble === undefined ? '' : ` It had trouble: ${stay.trouble.message}`;
    return { text: `The tag was moved at ${stay.movedAt}, ${since}.${trouble}`, moved: true };
  }
  const { rows } = await laneHistory(ports, lane, MOST_ROWS);
  const row = rows.find((each) => each.seq === seq);
  return endingText(row?.kind === 'operation' ? row.ending : undefined);
}

function endingText(ending: Ending | undefined): { text: string; moved: boolean } {
  switch (ending?.kind) {
    case 'not-moved':
      return { text: `It moved nothing: ${ending.why} Ask again with a new comment.`, moved: false };
    case 'taken-over':
      return { text: `It was taken over by entry ${ending.by} before it moved the tag.`, moved: true };
    default:
      return { text: 'What became of it is in the history.', moved: true };
  }
}
