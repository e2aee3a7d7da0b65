import type { LogKind } from '../../core/sql-engine.ts';

/** How a value is held where it is read. `text`: to be parsed; `other`: nothing that a relation can hold. */
export type ValueType = 'text' | 'integer' | 'decimal' | 'float' | 'double' | 'boolean' | 'instant' | 'other';

/** A value of a row, by an expression over a file's rows; of `text` an empty one is NULL. */
export interface SourceValue {
  sql: string;
  type: ValueType;
}

/** The value as VARCHAR: numbers without an exponent's or fraction's needless digits (44, not 44.0), flags as `true` and `false`. */
export function asText({ sql, type }: SourceValue): string {
  if (type === 'text') return sql;
  const plain = `CAST(${sql} AS VARCHAR)`;
  if (type !== 'float' && type !== 'double') return plain;
  return `CASE WHEN abs(${sql}) < 1e15 AND ${sql} = trunc(${sql}) THEN CAST(CAST(${sql} AS BIGINT) AS VARCHAR) ELSE ${plain} END`;
}

/**
 * The value as DOUBLE, NULL where it is none; `undefined` for types that hold no numbers. Texts: decimal numbers, NaN, inf, true and
 * false (1 and 0), without digit separators. A 32-bit float is the double of its shortest decimals, as a CSV file would hold it.
 */
export function asNumber({ sql, type }: SourceValue): string | undefined {
  switch (type) {
    case 'text':
      return `CASE WHEN contains(${sql}, '_') THEN NULL ELSE coalesce(TRY_CAST(${sql} AS DOUBLE), CASE lower(${sql}) WHEN 'true' THEN 1.0 WHEN 'false' THEN 0.0 END) END`;
    case 'float':
    case 'decimal':
      return `CAST(CAST(${sql} AS VARCHAR) AS DOUBLE)`;
    case 'boolean':
      return `CAST(CAST(${sql} AS INTEGER) AS DOUBLE)`;
    case 'integer':
    case 'double':
      return `CAST(${sql} AS DOUBLE)`;
    case 'instant':
    case 'other':
      return undefined;
    default:
      return type satisfies never;
  }
}

/** The value as milliseconds since 1970, a DOUBLE, NULL where it is none; `undefined` for types that hold no instants. */
export function asInstant(value: SourceValue): string | undefined {
  switch (value.type) {
    case 'text':
      return textInstant(value.sql);
    case 'instant':
      return fromInstant(value.sql);
    case 'boolean':
    case 'other':
      return undefined;
    default:
      return fromNumber(asNumber(value) as string);
  }
}

/** Whether a text is a number for `auto`: not written like an identifier (007), and no `true` or `false`. */
export function isPlainNumber({ sql }: SourceValue): string {
  return `(TRY_CAST(${sql} AS DOUBLE) IS NOT NULL AND NOT regexp_matches(${sql}, '^\\s*[+-]?0[0-9]|_'))`;
}

/** The expression of a relation's column; `undefined` where the type does not fit the kind. */
export function asKind(value: SourceValue, kind: Exclude<LogKind, 'auto'>): string | undefined {
  if (value.type === 'other') return undefined;
  if (kind === 'text') return asText(value);
  return kind === 'number' ? asNumber(value) : asInstant(value);
}

/** A text with a dash after four digits is a time as ISO 8601; the cast alone would also take `epoch`. Spaces around are looked at last, being rare. */
function textInstant(sql: string): string {
  const time = (text: string): string => `epoch_us(TRY_CAST(${text} AS TIMESTAMPTZ)) / 1000.0`;
  const trimmed = `trim(${sql})`;
  const other = `CASE WHEN ${trimmed} LIKE '____-%' THEN ${time(trimmed)} END`;
  return `CASE WHEN ${sql} LIKE '____-%' THEN ${time(sql)} ELSE coalesce(${fromNumber(`TRY_CAST(${sql} AS DOUBLE)`)}, ${other}) END`;
}

/** Milliseconds from 1e11 on (1973), seconds below; nothing that is not finite. */
function fromNumber(sql: string): string {
  return `CASE WHEN NOT isfinite(${sql}) THEN NULL WHEN abs(${sql}) >= 1e11 THEN ${sql} ELSE round(${sql} * 1000, 3) END`;
}

function fromInstant(sql: string): string {
  return `CASE WHEN isfinite(${sql}) THEN epoch_us(${sql}) / 1000.0 END`;
}
