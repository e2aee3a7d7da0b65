import type { Digest } from './digest.ts';

/** What a column of a log holds once it is read; `auto`: numbers where every value is one, else text. */
export type LogKind = 'text' | 'number' | 'instant' | 'auto';

/** One column of a relation and where it comes from. */
export interface LogColumn {
  /** Its name in the relation: lower-case letters, digits and `_`. */
  name: string;
  /** Column of the file, or a dotted path into nested fields (`champion.score`); a column of that very name wins over the path. */
  from: string;
  kind: LogKind;
  /** A file without it is no error: every value is missing. */
  optional?: boolean;
}

/** Files to read as one relation, in the order given; globs are resolved, their files sorted by name. */
export interface LogSource {
  /** Name of the relation: lower-case letters, digits and `_`. */
  relation: string;
  /** Paths and globs; formats by name and first bytes: CSV, JSONL, either gzipped, Parquet. */
  paths: readonly string[];
  columns: readonly LogColumn[];
  /** How many broken lines may be left out and counted, ≥ 0; with one more the source is refused with file and line. */
  maxRejected: number;
}

/** A place in a file; `line` counts from 1, with the header; absent where the format has none. */
export interface LogPlace {
  path: string;
  line?: number;
}

/** Values of one column that are not what it should hold: they count as missing in the relation. */
export interface Malformed {
  /** The column's name in the relation. */
  column: string;
  count: number;
  /** The first one, cut to 100 characters. */
  example: { value: string } & LogPlace;
}

export interface LogFile {
  path: string;
  digest: Digest;
  bytes: number;
  rows: number;
}

/** What came of reading a source. */
export interface LoadedSource {
  files: readonly LogFile[];
  rows: number;
  /** What each column holds: `auto` is decided, optional ones that no file has are absent. */
  kinds: ReadonlyMap<string, Exclude<LogKind, 'auto'>>;
  malformed: readonly Malformed[];
  /** Broken lines that were left out, at most `maxRejected`. */
  rejected: { count: number; first?: LogPlace & { why: string } };
}

/** How a column of a query's result comes back: `number` as Float64Array (NULL is NaN), `code` as Int32Array (NULL is −1), `text` as strings (NULL is `''`). */
export type ResultKind = 'number' | 'code' | 'text';

type ResultValues = { number: Float64Array; code: Int32Array; text: string[] };

/** The columns of a result by name, all of `rows` values. */
export type ResultOf<Shape extends Readonly<Record<string, ResultKind>>> = {
  [Name in keyof Shape]: ResultValues[Shape[Name]];
} & { rows: number };

/**
 * The little of SQL in which engines differ; all else is what any engine of the SQL standard with common table expressions, window
 * functions and FILTER understands. Names and texts from outside go through `name` and `text` alone.
 */
export interface SqlDialect {
  /** A quoted identifier. */
  name(identifier: string): string;
  /** A quoted text. */
  text(value: string): string;
  /** Whether a DOUBLE expression is a finite number: false for NULL, NaN and infinities. */
  isFinite(expression: string): string;
  /** Exact quantiles (the smallest value with at least that share at or below it) of the non-NULL values, as one aggregate a fraction. */
  quantile(expression: string, fraction: number): string;
  /** A 64-bit integer of a VARCHAR expression: equal texts give equal numbers, other texts almost surely other ones. */
  fingerprint(expression: string): string;
  /** A query that samples nothing, but gives every row of a relation its number from 1 in file order, as `position`. */
  numbered(relation: string): string;
}

/**
 * A session with the engine: relations are read in once, then asked. Errors of the user's files are `input` errors with file and, where
 * the format has lines, line. Relations of a source have exactly the columns asked for: `text` as VARCHAR (empty and NULL both NULL),
 * `number` as DOUBLE (empty is NULL, a written NaN is NaN, infinities stay), `instant` as DOUBLE milliseconds since 1970 UTC (texts as ISO 8601,
 * without an offset taken as UTC; timestamps of Parquet; numbers of 1e11 or more are milliseconds, smaller ones seconds).
 * Rows keep the order of the files.
 */
export interface SqlSession {
  readonly dialect: SqlDialect;
  /** The columns of the first file that the paths and globs name, in file order; nested fields as dotted paths (of JSONL: those of its first 100 lines). */
  columnsOf(paths: readonly string[]): Promise<string[]>;
  load(source: LogSource): Promise<LoadedSource>;
  /** Runs a statement without a result, such as CREATE TABLE … AS. */
  run(sql: string): Promise<void>;
  /**
   * Runs a query; the shape names its columns in order. Numbers come as DOUBLE, codes as INTEGER, texts as VARCHAR: the query casts.
   * `expected`: how many rows come at most, as far as one knows; room for them is made at once, so that long results are not copied.
   */
  read<Shape extends Readonly<Record<string, ResultKind>>>(
    sql: string,
    shape: Shape,
    expected?: number,
  ): Promise<ResultOf<Shape>>;
  close(): Promise<void>;
}

/** What a session may use. */
export interface SqlLimits {
  /** Bytes of memory of the engine itself; beyond it spills to a temporary folder. */
  memoryBytes: number;
  threads: number;
  /** Largest file after unpacking, in bytes, and largest line. */
  fileBytes: number;
  lineBytes: number;
}

/** An embedded or remote engine. Opening one that is not installed is an `input` error that says how to install it. */
export interface SqlEngine {
  open(limits: SqlLimits): Promise<SqlSession>;
}
