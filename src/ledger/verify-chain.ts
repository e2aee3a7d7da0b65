import type { Lane } from '../core/lane.ts';
import { formatLane } from '../core/lane.ts';
import { messageChain } from '../core/errors.ts';
import type { Release } from '../core/release.ts';
import { readQuarantine, writeQuarantine } from './document.ts';
import { isKnown } from './entry.ts';
import type { LedgerProblem } from './ledger-problem.ts';
import { handOverProblems } from './verify-hand-overs.ts';
import { laneFolder, quarantinePath } from './paths.ts';
import { mergeQuarantine } from './quarantine.ts';
import type { Left } from './state.ts';
import { verifyLane, type CheckedLane } from './verify-lane.ts';
import { verifyReleases } from './verify-releases.ts';

/** What a whole ledger was found to be. Without problems, nothing in it was altered that does not rewrite all later entries. */
export interface LedgerCheck {
  /** `sound`: what a rollback goes by, the lane's state and its model's quarantine, is proved by the entries. */
  lanes: readonly { lane: Lane; entries: number; sound: boolean }[];
  releases: number;
  evidence: number;
  problems: readonly LedgerProblem[];
}

const LANE_FILE = /^lanes\/([^/]+)\/([^/]+)\//;
const QUARANTINE_FILE = /^releases\/([^/]+)\/quarantine\.json$/;

/**
 * Checks all files of a ledger, path → text: every lane's entries are numbered without gaps, chained byte by byte, in their place and in
 * time; its state is their fold; the quarantine is what the lanes left; versions, records and evidence agree. Pure and offline.
 */
export function verifyChain(files: ReadonlyMap<string, string>): LedgerCheck {
  const lanes = [...byLane(files).values()].map(({ lane, own }) => verifyLane(lane, own));
  const promoted = lanes.flatMap(promotedIn);
  const { records, evidence, problems } = verifyReleases(files, promoted);
  const quarantine = quarantineProblems(files, lanes);
  const handOvers = handOverProblems(files, lanes);
  return {
    lanes: lanes.map((checked) => ({
      lane: checked.lane,
      entries: checked.entries.length,
      sound: isSound(checked, lanes, [...quarantine, ...handOvers]),
    })),
    releases: records.size,
    evidence,
    problems: [
      ...lanes.flatMap((checked) => checked.problems),
      ...doubledIds(lanes),
      ...handOvers,
      ...quarantine,
      ...problems,
    ],
  };
}

/** Whether nothing speaks against the lane's state; nor against the quarantine, which all lanes of the model make together. */
function isSound(
  { lane, problems }: CheckedLane,
  lanes: readonly CheckedLane[],
  others: readonly LedgerProblem[],
): boolean {
  const isWhole = lanes.every((each) => each.lane.model !== lane.model || each.state !== undefined);
  const against = others.some(
    ({ path }) => path === quarantinePath(lane.model) || path.startsWith(`${laneFolder(lane)}/`),
  );
  return problems.length === 0 && isWhole && !against;
}

function byLane(files: ReadonlyMap<string, string>): Map<string, { lane: Lane; own: Map<string, string> }> {
  const lanes = new Map<string, { lane: Lane; own: Map<string, string> }>();
  for (const [path, text] of files) {
    const [, model, environment] = LANE_FILE.exec(path) ?? [];
    if (model === undefined || environment === undefined) continue;
    const lane = { model, environment };
    const found = lanes.get(formatLane(lane)) ?? { lane, own: new Map() };
    found.own.set(path, text);
    lanes.set(formatLane(lane), found);
  }
  return lanes;
}

function promotedIn({ entries }: CheckedLane): Release[] {
  return entries.flatMap((entry) =>
    isKnown(entry) && entry.kind === 'intent' && entry.action !== 'repair' ? [entry.release] : [],
  );
}

/** Random ids are unique in the whole ledger: an entry that was copied is found wherever it was put. */
function doubledIds(lanes: readonly CheckedLane[]): LedgerProblem[] {
  const seen = new Map<string, string>();
  return lanes.flatMap(({ lane, entries }) =>
    entries.flatMap(({ id, seq }) => {
      const here = `${formatLane(lane)} ${seq}`;
      const other = seen.get(id);
      seen.set(id, here);
      if (other === undefined) return [];
      const message = `Entry ${here} has the id of entry ${other}: it was copied.`;
      return [{ code: 'doubled-id' as const, path: `lanes/${formatLane(lane)}`, message }];
    }),
  );
}

/** The quarantine of every model whose lanes are whole. */
function quarantineProblems(
  files: ReadonlyMap<string, string>,
  lanes: readonly CheckedLane[],
): LedgerProblem[] {
  const models = new Set(lanes.map(({ lane }) => lane.model));
  for (const path of files.keys()) {
    const model = QUARANTINE_FILE.exec(path)?.[1];
    if (model !== undefined) models.add(model);
  }
  return [...models].flatMap((model) => {
    const own = lanes.filter(({ lane }) => lane.model === model);
    return own.every(({ state }) => state !== undefined) ? ofModel(files, model, own) : [];
  });
}

function ofModel(
  files: ReadonlyMap<string, string>,
  model: string,
  lanes: readonly CheckedLane[],
): LedgerProblem[] {
  const path = quarantinePath(model);
  const text = files.get(path);
  const none: readonly Left[] = [];
  const left = lanes.reduce(
    (sum, { state }) => (state === undefined ? sum : mergeQuarantine(sum, state)),
    none,
  );
  if (text === undefined && left.length === 0) return [];
  if (text === writeQuarantine(model, left)) return [];
  const what = `The lanes of ${model} left ${left.length}; ${countOf(text, path)}.`;
  return [{ code: 'altered-quarantine', path, message: `${what} It was altered.` }];
}

function countOf(text: string | undefined, path: string): string {
  if (text === undefined) return 'the file is gone';
  try {
    return `the file says ${readQuarantine(text, path).length}, or spells them otherwise`;
  } catch (error) {
    return messageChain(error)[0] ?? 'the file cannot be read';
  }
}
