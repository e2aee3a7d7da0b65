import type { SqlDialect } from '../../core/sql-engine.ts';
import { isAmong } from './is-among.ts';
import { SIDES, type PerSide, type ShadowTask, type Side } from '../facts.ts';

/** What became of a request at one model, as a number that SQL and TypeScript share. */
export const STATE = { absent: 0, scored: 1, error: 2, notANumber: 3, silent: 4 } as const;

/** Whether a row counts, or why it does not: the first reason that holds. */
export const FATE = {
  counts: 0,
  withoutId: 1,
  withoutTime: 2,
  outsideWindow: 3,
  swapped: 4,
  otherVersion: 5,
  fromFuture: 6,
  withoutVersion: 7,
} as const;

/** Milliseconds that two clocks may be apart before a time counts as impossible. */
export const CLOCK_SKEW = 600_000;

/** What the log may call the releases whose versions it has. */
export type VersionNames = Partial<PerSide<readonly string[]>>;

/** What the views are made for. */
export interface RequestViews {
  dialect: SqlDialect;
  task: ShadowTask;
  /** Names of the relation `log`'s columns that are there. */
  has: (column: string) => boolean;
  /** Whether the label is a number; then NaN and infinities are none. */
  numericLabel: boolean;
  /** Milliseconds since 1970; `to` is not included. */
  window: { from?: number; to?: number };
  /** Milliseconds since 1970: no request is later than this. */
  now: number;
  /** What the log may call each release; the version of a side that is absent here is not looked at. */
  names: VersionNames;
  /** Every row has the versions that are looked at: then scores, whose numbers may be dear to read, need not be. */
  allVersioned: boolean;
  /** Columns to carry along: slices and features. */
  carried: readonly string[];
  /** All rows are known to count: nothing is looked at to tell it. */
  allCount: boolean;
}

/**
 * `requests`: one row a line of `log` with its `position`, the `fate` of the row and the state of both models. Whatever the log has no
 * column for is NULL.
 */
export function requestsView(views: RequestViews): string {
  const { dialect, carried, allCount } = views;
  const optional = (column: string, type: string): string =>
    views.has(column) ? column : `CAST(NULL AS ${type}) AS ${column}`;
  const columns = [
    'position',
    'id',
    'time',
    views.has('label')
      ? labelOf('label', views.numericLabel, dialect)
      : `CAST(NULL AS ${views.numericLabel ? 'DOUBLE' : 'VARCHAR'}) AS label`,
    optional('label_time', 'DOUBLE'),
    ...SIDES.flatMap((side) => [
      `${side}_score`,
      optional(`${side}_latency`, 'DOUBLE'),
      optional(`${side}_error`, 'VARCHAR'),
      optional(`${side}_version`, 'VARCHAR'),
      `${stateOf(side, views)} AS ${side}_state`,
    ]),
    `${allCount ? FATE.counts : fateOf(views)} AS fate`,
    ...carried,
  ];
  return `CREATE OR REPLACE VIEW requests AS SELECT ${columns.join(', ')} FROM (${dialect.numbered('log')}) AS numbered`;
}

/** Rows without a version that is looked at: column `n`. */
export function countWithoutVersion(names: VersionNames): string {
  const tests = SIDES.filter((side) => names[side] !== undefined).map((side) => `${side}_version IS NULL`);
  return `SELECT CAST(count(*) AS DOUBLE) AS n FROM log WHERE ${tests.length === 0 ? '1 = 0' : tests.join(' OR ')}`;
}

/** A label that is no finite number is none: `NaN` is how tables write that they know nothing. */
export function labelOf(column: string, numeric: boolean, dialect: SqlDialect): string {
  return numeric ? `CASE WHEN ${dialect.isFinite(column)} THEN ${column} END AS ${column}` : column;
}

/** Flags of loggers that mean "none". */
const NO_ERROR = [`'false'`, `'0'`, `'none'`, `'null'`, `'ok'`];

/** Whether an error column says that there was one, in words. */
export function isError(column: string): string {
  return `(${column} IS NOT NULL AND NOT ${isAmong(`lower(${column})`, NO_ERROR)})`;
}

function errorOf(side: Side, views: RequestViews): string {
  const column = `${side}_error`;
  return views.has(column) ? isError(column) : '(1 = 0)';
}

function stateOf(side: Side, views: RequestViews): string {
  const score = `${side}_score`;
  const finite = views.dialect.isFinite(score);
  const fits =
    views.task === 'binary-classification' ? `${finite} AND ${score} >= 0 AND ${score} <= 1` : finite;
  const traces = [`${side}_latency`, `${side}_version`].filter((column) => views.has(column));
  const silent = traces.length === 0 ? '1 = 0' : traces.map((column) => `${column} IS NOT NULL`).join(' OR ');
  return `CASE WHEN ${errorOf(side, views)} THEN ${STATE.error} WHEN ${fits} THEN ${STATE.scored} WHEN ${score} IS NOT NULL THEN ${STATE.notANumber} WHEN ${silent} THEN ${STATE.silent} ELSE ${STATE.absent} END`;
}

function fateOf(views: RequestViews): string {
  const { window, now } = views;
  const outside = [
    ...(window.from === undefined ? [] : [`time < ${window.from}`]),
    ...(window.to === undefined ? [] : [`time >= ${window.to}`]),
  ];
  const when = [
    `WHEN id IS NULL THEN ${FATE.withoutId}`,
    `WHEN time IS NULL THEN ${FATE.withoutTime}`,
    `WHEN time > ${now + CLOCK_SKEW} THEN ${FATE.fromFuture}`,
    ...(outside.length === 0 ? [] : [`WHEN ${outside.join(' OR ')} THEN ${FATE.outsideWindow}`]),
    ...versionFates(views),
  ];
  return `CASE ${when.join(' ')} ELSE ${FATE.counts} END`;
}

/**
 * A side without a version and without a score did not answer, or failed before it could say who it was: the other side tells whose request
 * it is. A score without a version could be anybody's.
 */
function versionFates({ names, dialect, allVersioned }: RequestViews): string[] {
  const known = SIDES.filter((side) => names[side] !== undefined);
  if (known.length === 0) return [];
  const among = (side: Side, whose: Side): string => {
    const list = (names[whose] ?? []).map((name) => dialect.text(name));
    return list.length === 0 ? '(1 = 0)' : `(${side}_version IS NULL OR ${isAmong(`${side}_version`, list)})`;
  };
  const some = `(${known.map((side) => `${side}_version IS NOT NULL`).join(' OR ')})`;
  const right = known.map((side) => among(side, side)).join(' AND ');
  const swapped = known.map((side) => among(side, side === 'champion' ? 'challenger' : 'champion'));
  const nameless = known.map((side) => `(${side}_version IS NULL AND ${side}_score IS NOT NULL)`);
  return [
    `WHEN NOT (${right}) AND ${[some, ...swapped].join(' AND ')} THEN ${FATE.swapped}`,
    `WHEN NOT (${right}) THEN ${FATE.otherVersion}`,
    ...(allVersioned ? [] : [`WHEN NOT ${some} OR ${nameless.join(' OR ')} THEN ${FATE.withoutVersion}`]),
  ];
}
