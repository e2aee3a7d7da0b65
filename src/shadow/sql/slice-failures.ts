import { SIDES } from '../facts.ts';
import { STATE } from './request-views.ts';

/** Requests that reached a model, by slice, and those that one model alone did not answer, be it that it failed or that the log does not have it: columns `code`, `n`, `champion_only`, `challenger_only`. */
export function countSliceFailures(column: string): string {
  const only = (failed: string, fine: string): string =>
    `CAST(count(*) FILTER (WHERE ${failed}_state <> ${STATE.scored} AND ${fine}_state = ${STATE.scored}) AS DOUBLE)`;
  const reached = SIDES.map((side) => `${side}_state <> ${STATE.absent}`).join(' OR ');
  return `SELECT ${column} AS code, CAST(count(*) AS DOUBLE) AS n, ${only('champion', 'challenger')} AS champion_only, ${only('challenger', 'champion')} AS challenger_only FROM labelled WHERE (${reached}) GROUP BY 1 ORDER BY 1`;
}
