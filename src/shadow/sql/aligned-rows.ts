import type { SqlDialect } from '../../core/sql-engine.ts';
import type { ShadowTask } from '../facts.ts';
import { BOTH, SCORED } from './request-counts.ts';

/** The true label as a number: 1 for the positive class and 0 for the other one, or the label itself. */
export function truthNumber(task: ShadowTask, positive: number | string, dialect: SqlDialect): string {
  if (task !== 'binary-classification') return 'truth';
  const one = typeof positive === 'number' ? String(positive) : dialect.text(positive);
  return `CASE WHEN truth IS NULL THEN NULL WHEN truth = ${one} THEN 1.0 ELSE 0.0 END`;
}

/** The labels of the requests that reached both, with how often: columns `label`, `n`; most first, at most 4. */
export const DISTINCT_LABELS = `SELECT CAST(truth AS VARCHAR) AS label, n FROM (SELECT truth, count(*) AS n FROM labelled WHERE truth IS NOT NULL AND ${BOTH} GROUP BY truth) AS labels ORDER BY n DESC, 1 LIMIT 4`;

/** Whether a request decides: it is old enough. */
export function isMature(maturedUntil: number | undefined): string {
  return maturedUntil === undefined ? '(1 = 1)' : `(time <= ${maturedUntil})`;
}

/** Requests by maturity: columns `mature`, `labelled`, `scored`, `positive` (the champion decided so), `n`; all but the last are 0 or 1. */
export function countMaturity(maturedUntil: number | undefined, threshold: number | undefined): string {
  const flag = (test: string): string => `CASE WHEN ${test} THEN 1 ELSE 0 END`;
  const positive = threshold === undefined ? '1 = 0' : `${SCORED} AND champion_score >= ${threshold}`;
  return `SELECT ${flag(isMature(maturedUntil))} AS mature, ${flag('truth IS NOT NULL')} AS labelled, ${flag(SCORED)} AS scored, ${flag(positive)} AS positive, count(*) AS n FROM labelled WHERE ${BOTH} GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
}

/** What of a request is read for comparisons. */
export interface AlignedRows {
  /** The true label as a number; `undefined`: labels decide nothing, and every request does. */
  truth: string | undefined;
  maturedUntil: number | undefined;
  /** An expression of when a request was. */
  moment: string;
  /** An expression of each slice's code. */
  codes: readonly string[];
  /** `labelled` is in file order. */
  ordered: boolean;
}

/**
 * The requests that both answered, those that decide first, each part in file order: columns `champion`, `challenger`, `truth` (NULL where it
 * does not decide), `moment`, then a code a slice.
 */
export function alignedRows(
  { truth, maturedUntil, moment, codes, ordered }: AlignedRows,
  dialect: SqlDialect,
): string {
  const names = [
    'champion',
    'challenger',
    'truth',
    'moment',
    ...codes.map((_, index) => `slice_code_${index}`),
  ];
  const slices = codes.map((code, index) => `, CAST(${code} AS INTEGER) AS slice_code_${index}`).join('');
  const select = (label: string, which: string, part: number): string =>
    `SELECT champion_score AS champion, challenger_score AS challenger, CAST(${label} AS DOUBLE) AS truth, CAST(${moment} AS INTEGER) AS moment${slices}, ${part} AS part, position FROM labelled WHERE ${SCORED}${which}`;
  const decides = `(${isMature(maturedUntil)} AND ${dialect.isFinite(`CAST(${truth} AS DOUBLE)`)})`;
  const parts =
    truth === undefined
      ? select('NULL', '', 0)
      : `${select(truth, ` AND ${decides}`, 0)} UNION ALL ${select('NULL', ` AND NOT ${decides}`, 1)}`;
  // Without their order the last digits of sums would differ from run to run.
  return `SELECT ${names.join(', ')} FROM (${parts}) AS parts${ordered ? '' : ' ORDER BY part, position'}`;
}

/** How many of the largest differences are shown. */
const MOST_LARGEST = 10;

/**
 * The requests on which both differ most: columns `id`, `champion`, `challenger`; at most 10. Only those that differ as much as the tenth are looked up
 * by their ids, which settle ties.
 */
export const LARGEST_DIFFERENCES = `WITH pairs AS (SELECT position, champion_score AS champion, challenger_score AS challenger, abs(challenger_score - champion_score) AS apart FROM labelled WHERE ${SCORED}), largest AS (SELECT * FROM pairs WHERE apart >= (SELECT min(apart) FROM (SELECT apart FROM pairs ORDER BY apart DESC LIMIT ${MOST_LARGEST}) AS most)) SELECT r.id, l.champion, l.challenger FROM largest AS l JOIN requests AS r ON r.position = l.position ORDER BY l.apart DESC, r.id LIMIT ${MOST_LARGEST}`;

/** Whether both decide otherwise; `undefined` where nothing says what that is. */
export function flipTest(
  task: ShadowTask,
  threshold: number | undefined,
  tolerance: number | undefined,
): string | undefined {
  if (task === 'binary-classification' && threshold !== undefined)
    return `((champion_score >= ${threshold}) <> (challenger_score >= ${threshold}))`;
  return tolerance === undefined ? undefined : `(abs(challenger_score - champion_score) > ${tolerance})`;
}
