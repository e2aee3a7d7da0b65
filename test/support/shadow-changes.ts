import { DEFAULT_SHADOW_SETTINGS, type ShadowSettings } from '../../src/shadow/settings.ts';
import {
  jsonLines,
  lookAt,
  type LogRow,
  type Scene,
  type SceneWish,
  type shadowFiles,
} from './shadow-scene.ts';

/** What of a run is to be otherwise, the log aside. */
export type Wish = Omit<SceneWish, 'log'>;

/** What a test makes of a row; `undefined` leaves it out. */
export type Change = (row: LogRow, i: number) => LogRow | undefined;

/** A row of a table: what is wrong, how, and the gate that must say so with its outcome. */
export type Undeserved = [name: string, change: Change, gate: string, wish?: Wish];

/** A run on rows. */
export function lookAtRows(
  files: Pick<ReturnType<typeof shadowFiles>, 'write'>,
  rows: readonly LogRow[],
  wish: Wish = {},
): Promise<Scene> {
  return lookAt({ ...wish, log: files.write('log.jsonl', jsonLines(rows)) });
}

/** Whether it is the turn of row `i`, one in `n`. */
export const every = (n: number, i: number): boolean => i % n === 0;

/** A challenger of which the log has nothing. */
export const SILENT = { challenger_score: null, challenger_latency_ms: null, challenger_version: null };

/** A log without version columns. */
export const UNVERSIONED = { champion_version: undefined, challenger_version: undefined };

/** Releases that the log does not know. */
export const NAMED = {
  champion: { name: 'a', version: 'a', names: ['a'] },
  challenger: { name: 'b', version: 'b', names: ['b'] },
};

/** Somebody vouches for releases that the log does not know. */
export const TRUSTED: Wish = { trustLog: true, releases: NAMED };

/** Sliced by the column `group`. */
export const BY_GROUP: Wish = { slices: { wanted: [{ column: 'group' }], asked: true } };

/** Other settings than the defaults. */
export const settings = (more: Partial<ShadowSettings>): Wish => ({
  settings: { ...DEFAULT_SHADOW_SETTINGS, ...more },
});

/** A challenger that ranks the other way round. */
export const backwards = (row: LogRow): LogRow => ({
  ...row,
  challenger_score: Number((1 - Number(row.challenger_score)).toFixed(6)),
});
