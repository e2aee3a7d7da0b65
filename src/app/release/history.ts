import type { Lane } from '../../core/lane.ts';
import { readEntry } from '../../ledger/document.ts';
import { HISTORY_KINDS, historyOf, type HistoryRow } from '../../ledger/history.ts';
import { listEntries, type EntryName } from './list-entries.ts';
import { loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

const AT_ONCE = 200;
/** Kinds that begin a row. */
const ROW_KINDS = ['intent', 'locked', 'unlocked', 'released', 'approved', 'closed', 'inherited'];

/** The last rows of a lane's history, newest first; `more` = older ones are there. */
export interface LaneHistory {
  schema: 1;
  lane: Lane;
  rows: readonly HistoryRow[];
  more: boolean;
  head?: string;
}

/** Reads as many entries as `limit` rows need, from the newest back. Writes nothing. */
export async function laneHistory(
  { ledger, timer }: Pick<ReleasePorts, 'ledger' | 'timer'>,
  lane: Lane,
  limit: number,
): Promise<LaneHistory> {
  const { state, head } = await loadView(ledger, lane);
  if (head === undefined) return { schema: 1, lane, rows: [], more: false };
  const isRow = ({ kind }: EntryName) => ROW_KINDS.includes(kind);
  const names = await listEntries(ledger, { head, lane }, (found) => found.filter(isRow).length > limit);
  const starts = names.filter(isRow);
  const oldest = starts[limit - 1]?.seq ?? 0;
  const kinds: readonly string[] = HISTORY_KINDS;
  const wanted = names.filter(({ seq, kind }) => seq >= oldest && kinds.includes(kind));
  const entries = await readEntries(
    ledger,
    wanted.map(({ path }) => path),
  );
  const known = state.tenures.map(({ release }) => release);
  const rows = historyOf(entries, { known, now: timer.now().toISOString() });
  return { schema: 1, lane, rows: rows.slice(0, limit), more: starts.length > limit, head };
}

/** The entries at some paths, newest first, in the order of their numbers. */
async function readEntries(
  ledger: ReleasePorts['ledger'],
  paths: readonly string[],
): Promise<ReturnType<typeof readEntry>['entry'][]> {
  const entries = [];
  for (let from = 0; from < paths.length; from += AT_ONCE) {
    const { files } = await ledger.read(paths.slice(from, from + AT_ONCE));
    for (const [path, text] of Object.entries(files))
      if (text !== undefined) entries.push(readEntry(text, path).entry);
  }
  return entries.toSorted((a, b) => a.seq - b.seq);
}
