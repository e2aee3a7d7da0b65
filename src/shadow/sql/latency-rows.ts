import type { SqlDialect } from '../../core/sql-engine.ts';
import { SIDES, type Side } from '../facts.ts';
import { BOTH } from './request-counts.ts';

/** Whether a model has a latency; one below 0 is none. */
function has(side: Side, dialect: SqlDialect): string {
  return `(${dialect.isFinite(`${side}_latency`)} AND ${side}_latency >= 0)`;
}

/** Requests that have a latency of both models. */
function timed(dialect: SqlDialect): string {
  return SIDES.map((side) => has(side, dialect)).join(' AND ');
}

/** How many requests reached both and have the champion's latency alone: column `n`. */
export function countUntimed(dialect: SqlDialect): string {
  return `SELECT CAST(count(*) AS DOUBLE) AS n FROM counted WHERE ${has('champion', dialect)} AND NOT ${has('challenger', dialect)} AND ${BOTH}`;
}

/** Both latencies of each of those requests: columns `champion`, `challenger`. */
export function latencies(dialect: SqlDialect): string {
  const columns = SIDES.map((side) => `${side}_latency AS ${side}`);
  return `SELECT ${columns.join(', ')} FROM counted WHERE ${timed(dialect)}`;
}
