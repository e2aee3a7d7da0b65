import type { SqlDialect } from '../../core/sql-engine.ts';
import { SIDES } from '../facts.ts';
import { BOTH } from './request-counts.ts';
import { STATE } from './request-views.ts';

/** A feature of the relation and whether it holds numbers. */
export interface FeatureColumn {
  as: string;
  numeric: boolean;
}

/** Requests that reached both, by what is odd in their features (1: one is missing, 2: one is NaN or infinite): columns `kind`, `n`, `champion`, `challenger` (answered by). */
export function peculiarRows(features: readonly FeatureColumn[], dialect: SqlDialect): string {
  const missing = features.map(({ as }) => `${as} IS NULL`).join(' OR ');
  const odd = features
    .filter(({ numeric }) => numeric)
    .map(({ as }) => `(${as} IS NOT NULL AND NOT ${dialect.isFinite(as)})`)
    .join(' OR ');
  const kind = `CASE WHEN ${missing} THEN 1 ${odd === '' ? '' : `WHEN ${odd} THEN 2`} ELSE 0 END`;
  const answered = SIDES.map((side) => `count(*) FILTER (WHERE ${side}_state = ${STATE.scored}) AS ${side}`);
  const states = SIDES.map((side) => `${side}_state`).join(', ');
  return `SELECT kind, count(*) AS n, ${answered.join(', ')} FROM (SELECT ${kind} AS kind, ${states} FROM counted) AS kinds WHERE kind > 0 AND ${BOTH} GROUP BY 1 ORDER BY 1`;
}
