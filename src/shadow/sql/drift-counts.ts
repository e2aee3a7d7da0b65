import { SIDES } from '../facts.ts';
import { SCORED } from './request-counts.ts';
import { THIRDS, thirdOf, type TimeSpan } from './thirds.ts';

/** A missing value's third is told by this much more. */
export const MISSING = THIRDS;

/** A column with its distinct values and how often each stands in each third of the window: columns `value`, `third`, `n`; values ascending. */
export function countValues(column: string, span: TimeSpan): string {
  return `SELECT ${column} AS value, ${partOf(column, span)} AS third, CAST(count(*) AS DOUBLE) AS n FROM counted GROUP BY 1, 2 ORDER BY 1, 2`;
}

/** The same of the reference, which has no time: columns `value`, `n`; values that are there. */
export function countReference(column: string): string {
  return `SELECT ${column} AS value, CAST(count(*) AS DOUBLE) AS n FROM reference WHERE ${column} IS NOT NULL GROUP BY 1 ORDER BY 1`;
}

/** All values of a column with the third of the window that they are from: columns `value`, `third`. */
export function allValues(column: string, span: TimeSpan): string {
  return `SELECT ${column} AS value, ${partOf(column, span)} AS third FROM counted`;
}

/** The scores of rows that one model alone answered, or none: columns `champion`, `champion_third`, `challenger`, `challenger_third`. */
export function scoresApart(span: TimeSpan): string {
  const columns = SIDES.map((side) => {
    const as = `${side}_score`;
    return `${as} AS ${side}, ${partOf(as, span)} AS ${side}_third`;
  });
  return `SELECT ${columns.join(', ')} FROM labelled WHERE NOT (${SCORED})`;
}

function partOf(column: string, span: TimeSpan): string {
  return `${thirdOf(span)} + CASE WHEN ${column} IS NULL THEN ${MISSING} ELSE 0 END`;
}
