import { SIDES, type Side } from '../facts.ts';
import { FATE, isError, STATE } from './request-views.ts';

/** `fates`: rows by fate. */
export const FATES_TABLE = 'CREATE TABLE fates AS SELECT fate, count(*) AS n FROM requests GROUP BY fate';

/** Rows by fate: columns `fate`, `n`. */
export const COUNT_FATES = 'SELECT fate, n FROM fates ORDER BY fate';

/** Rows that do not count: column `n`. */
export const COUNT_LEFT_OUT = `SELECT CAST(coalesce(sum(n), 0) AS DOUBLE) AS n FROM fates WHERE fate <> ${FATE.counts}`;

/** Requests that count by the states of both models: columns `champion`, `challenger`, `n`. */
export const COUNT_STATES =
  'SELECT champion_state AS champion, challenger_state AS challenger, count(*) AS n FROM labelled GROUP BY 1, 2 ORDER BY 1, 2';

/** Which other releases answered: columns `champion`, `challenger`, `n`; most rows first, at most 5. */
export const OTHER_VERSIONS = `SELECT coalesce(champion_version, '') AS champion, coalesce(challenger_version, '') AS challenger, count(*) AS n FROM requests WHERE fate = ${FATE.otherVersion} GROUP BY 1, 2 ORDER BY n DESC, 1, 2 LIMIT 5`;

/** First and last time of the requests that count, and the last label: columns `first`, `last`, `last_label`. */
export const WINDOW =
  'SELECT min(time) AS first, max(time) AS last, max(truth_time) AS last_label FROM labelled';

/** Errors of a model whose errors are logged by kind, cut to 100 characters: columns `kind`, `n`; most first, at most 21. */
export function countErrors(side: Side): string {
  return `SELECT substr(${side}_error, 1, 100) AS kind, count(*) AS n FROM counted WHERE ${isError(`${side}_error`)} GROUP BY 1 ORDER BY n DESC, 1 LIMIT 21`;
}

/** Requests that reached both models. */
export const BOTH = SIDES.map((side) => `${side}_state <> ${STATE.absent}`).join(' AND ');

/** Requests that both models answered with a number. */
export const SCORED = SIDES.map((side) => `${side}_state = ${STATE.scored}`).join(' AND ');
