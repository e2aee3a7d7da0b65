import type { SqlDialect } from '../../core/sql-engine.ts';

/** A quoted identifier. */
export function quoteName(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A quoted text. DuckDB reads backslashes as they are; a NUL cannot be written in SQL and becomes `chr(0)`. */
export function quoteText(value: string): string {
  const parts = value.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' || chr(0) || ')})`;
}

/** The view behind a relation of Parquet files that has `position` as well. */
export function numberedName(relation: string): string {
  return `${relation} with position`;
}

/**
 * DuckDB's SQL. Tables keep the order of their rows, so that `rowid` is a row's place; `views` are the relations that are views over
 * Parquet files, whose reader numbers the rows. A `CREATE VIEW` of others has no places.
 */
export function duckDialect(views: ReadonlySet<string>): SqlDialect {
  return {
    name: quoteName,
    text: quoteText,
    isFinite: (expression) => `coalesce(isfinite(${expression}), false)`,
    quantile: (expression, fraction) => `quantile_disc(${expression}, ${fraction})`,
    fingerprint: (expression) => `hash(${expression})`,
    numbered: (relation) =>
      views.has(relation)
        ? `SELECT * FROM ${quoteName(numberedName(relation))}`
        : `SELECT *, rowid + 1 AS position FROM ${quoteName(relation)}`,
  };
}
