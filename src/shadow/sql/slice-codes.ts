import type { SqlDialect } from '../../core/sql-engine.ts';

/** More values of a column than this are pooled into one. */
export const MOST_VALUES = 100;

/** The dictionary of a text column: `value`, `code` (0 for the most frequent), `n` rows; all values, also those that one model alone answered. */
export function dictionaryTable(column: string): string {
  const values = `SELECT ${column} AS value, count(*) AS n FROM counted WHERE ${column} IS NOT NULL GROUP BY 1`;
  return `CREATE TABLE dictionary_${column} AS SELECT value, row_number() OVER (ORDER BY n DESC, value) - 1 AS code, n FROM (${values}) AS counts`;
}

/** The values that keep their own code, in its order: columns `value`, `n`. */
export function dictionaryValues(column: string): string {
  return `SELECT value, CAST(n AS DOUBLE) AS n FROM dictionary_${column} WHERE code < ${MOST_VALUES} ORDER BY code`;
}

/** How many values are pooled, and their rows: columns `pooled`, `n`. */
export function pooledValues(column: string): string {
  return `SELECT CAST(count(*) AS DOUBLE) AS pooled, CAST(coalesce(sum(n), 0) AS DOUBLE) AS n FROM dictionary_${column} WHERE code >= ${MOST_VALUES}`;
}

/** Codes by the values that keep their own, most frequent first, without a join, which would not keep the order of rows; an empty cell is −1. */
export function valueCodes(column: string, values: readonly string[], dialect: SqlDialect): string {
  if (values.length === 0) return '-1';
  const whens = values.map((value, code) => `WHEN ${dialect.text(value)} THEN ${code}`).join(' ');
  return `CASE WHEN ${column} IS NULL THEN -1 ELSE CASE ${column} ${whens} ELSE ${MOST_VALUES} END END`;
}

/** Codes of bands: 0 below the first edge; an edge belongs to the band above it; missing and NaN are −1. */
export function bandCodes(column: string, edges: readonly number[]): string {
  const whens = edges.map((edge, index) => `WHEN ${column} < ${edge} THEN ${index}`).join(' ');
  return `CASE WHEN ${column} IS NULL OR ${column} <> ${column} THEN -1 ${whens} ELSE ${edges.length} END`;
}
