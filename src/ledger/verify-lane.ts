import { digestOf } from '../core/digest.ts';
import { messageChain } from '../core/errors.ts';
import type { Lane } from '../core/lane.ts';
import { formatLane } from '../core/lane.ts';
import { shortDigest } from '../core/release.ts';
import { readEntry, readState, writeDocument } from './document.ts';
import { isKnown, type Entry } from './entry.ts';
import { fold, type Chained } from './fold.ts';
import type { LedgerProblem } from './ledger-problem.ts';
import { entryPath, laneFolder, statePath } from './paths.ts';
import type { LaneState } from './state.ts';

/** A lane as its files tell it. `state` is the fold of its entries; absent where they are not whole. */
export interface CheckedLane {
  lane: Lane;
  entries: readonly Entry[];
  state: LaneState | undefined;
  problems: readonly LedgerProblem[];
}

interface PlacedEntry {
  path: string;
  seq: number;
  text: string;
}

const PLACE = /^\d+\/(\d{6,15})-[^/]{1,60}\.json$/;

/** Checks one lane: numbers, places, chain, times and the state file. `files` are those of the lane alone, by their paths on the branch. */
export function verifyLane(lane: Lane, files: ReadonlyMap<string, string>): CheckedLane {
  const problems: LedgerProblem[] = [];
  const chained: Chained[] = [];
  let before: { path: string; seq: number; digest: string; at: string } | undefined;
  for (const placed of placedEntries(lane, files, problems)) {
    const read = readPlaced(placed, problems);
    const digest = digestOf(placed.text);
    const follows = { before, inherits: inheritedSeq(read) };
    if (numbered(placed, follows, problems) && read !== undefined) linked(read, { placed, before }, problems);
    if (read !== undefined) {
      chained.push(read);
      inPlace(read.entry, { path: placed.path, problems });
      inTime(read.entry, { path: placed.path, before, problems });
    }
    before = { path: placed.path, seq: placed.seq, digest, at: read?.entry.at ?? before?.at ?? '' };
  }
  const entries = chained.map(({ entry }) => entry);
  const state = problems.length === 0 ? fold(lane, chained) : undefined;
  problems.push(...stateProblems(lane, { text: files.get(statePath(lane)), state, last: before }));
  return { lane, entries, state, problems };
}

/** The files below `entries/` in the order of their numbers. */
function placedEntries(
  lane: Lane,
  files: ReadonlyMap<string, string>,
  problems: LedgerProblem[],
): PlacedEntry[] {
  const folder = `${laneFolder(lane)}/entries/`;
  const placed: PlacedEntry[] = [];
  for (const [path, text] of files) {
    if (!path.startsWith(folder)) continue;
    const number = PLACE.exec(path.slice(folder.length))?.[1];
    if (number === undefined) {
      problems.push({ code: 'stranger', path, message: 'This is no entry that Known Good wrote.' });
    } else placed.push({ path, seq: Number(number), text });
  }
  return placed.sort((a, b) => a.seq - b.seq || (a.path < b.path ? -1 : 1));
}

function readPlaced({ path, text }: PlacedEntry, problems: LedgerProblem[]): Chained | undefined {
  try {
    return readEntry(text, path);
  } catch (error) {
    problems.push({ code: 'unreadable', path, message: messageChain(error)[0] ?? 'It cannot be read.' });
    return undefined;
  }
}

/** The number of the other lane's entry that this one goes on from; 0 for every other entry. */
function inheritedSeq(read: Chained | undefined): number {
  const entry = read?.entry;
  return entry !== undefined && isKnown(entry) && entry.kind === 'inherited' ? entry.from.seq : 0;
}

/** Whether this entry comes right after the one before it. */
function numbered(
  { path, seq }: PlacedEntry,
  { before, inherits }: { before: { path: string; seq: number } | undefined; inherits: number },
  problems: LedgerProblem[],
): boolean {
  const expected = Math.max(before?.seq ?? 0, inherits) + 1;
  if (seq === expected) return true;
  if (seq < expected) {
    const message = `There are two entries with the number ${seq}; the other is ${before?.path ?? 'gone'}.`;
    problems.push({ code: 'doubled-entry', path, message });
  } else {
    const what = seq - expected === 1 ? `Entry ${expected} is` : `Entries ${expected} to ${seq - 1} are`;
    problems.push({ code: 'missing-entry', path, message: `${what} missing before this one.` });
  }
  return false;
}

function linked(
  { entry }: Chained,
  { placed, before }: { placed: PlacedEntry; before: { path: string; digest: string } | undefined },
  problems: LedgerProblem[],
): void {
  const expected = before?.digest ?? null;
  if (entry.previous === expected) return;
  const named = entry.previous === null ? 'nothing' : shortDigest(entry.previous);
  const message =
    before === undefined
      ? `The first entry names ${named} before it: what was there is gone.`
      : `Its bytes are ${shortDigest(before.digest)}, but entry ${placed.seq} was chained to ${named}: one of the two was altered or exchanged.`;
  problems.push({ code: 'altered-entry', path: before?.path ?? placed.path, message });
}

function inPlace(entry: Entry, { path, problems }: { path: string; problems: LedgerProblem[] }): void {
  const { model, environment, seq, kind } = entry;
  const own = entryPath({ model, environment }, seq, kind);
  if (own === path) return;
  const says = `${formatLane({ model, environment })} ${seq} ${kind}`;
  const message = `It says that it is ${says}, which does not belong here.`;
  problems.push({ code: 'misplaced-entry', path, message });
}

function inTime(
  { at }: Entry,
  { path, before, problems }: { path: string; before: { at: string } | undefined; problems: LedgerProblem[] },
): void {
  if (Number.isFinite(Date.parse(at)) && (before === undefined || at >= before.at)) return;
  const message = `It is of ${at}, which is before the entry before it (${before?.at ?? 'none'}).`;
  problems.push({ code: 'time-goes-back', path, message });
}

interface StateFile {
  text: string | undefined;
  /** The fold, where the entries are whole. */
  state: LaneState | undefined;
  last: { path: string; seq: number; digest: string } | undefined;
}

function stateProblems(lane: Lane, { text, state, last }: StateFile): LedgerProblem[] {
  const path = statePath(lane);
  const seq = last?.seq ?? 0;
  if (text === undefined) {
    return [{ code: 'missing-state', path, message: `${seq} entries are there, and no state of them.` }];
  }
  if (state !== undefined && writeDocument(state) === text) return [];
  const written = readWritten(text, path);
  if (typeof written === 'string') return [{ code: 'unreadable', path, message: written }];
  if (written.seq > seq) {
    const message = `The state counts ${written.seq} entries, and ${seq} are there: the newest were removed.`;
    return [{ code: 'truncated', path, message }];
  }
  if (last !== undefined && written.seq === seq && written.last !== last.digest) {
    const message = `The state (${path}) ends with ${written.last === null ? 'nothing' : shortDigest(written.last)}, the bytes of the last entry are ${shortDigest(last.digest)}: one of the two was altered.`;
    return [{ code: 'altered-entry', path: last.path, message }];
  }
  if (state === undefined) return [];
  const message = `The state is not what its ${seq} entries add up to${differing(written, state)}.`;
  return [{ code: 'altered-state', path, message }];
}

function readWritten(text: string, path: string): LaneState | string {
  try {
    return readState(text, path);
  } catch (error) {
    return messageChain(error)[0] ?? 'It cannot be read.';
  }
}

/** Which fields of two states differ, as the end of a sentence; nothing where only the spelling does. */
function differing(written: LaneState, folded: LaneState): string {
  const keys = [...new Set([...Object.keys(written), ...Object.keys(folded)])] as (keyof LaneState)[];
  const names = keys.filter((key) => spelled(written[key]) !== spelled(folded[key]));
  return names.length === 0 ? '' : ` (see ${names.join(', ')})`;
}

function spelled(value: unknown): string {
  return value === undefined ? '' : writeDocument(value);
}
