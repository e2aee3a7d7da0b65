import type { Digest } from '../../core/digest.ts';
import type { SourceValue } from './value-sql.ts';

/** The rows of one file, as the engine is asked for them. */
export interface RowSource {
  path: string;
  digest: Digest;
  bytes: number;
  /** A FROM item. */
  from: string;
  /** The same with the row's number `n` from 1, by which `lineOf` finds its line; absent where the format has no lines. */
  lines?: { numbered: string; lineOf(n: number): Promise<number> };
  /** Of the wanted columns, in their order; `undefined`: the file has none. */
  values: readonly (SourceValue | undefined)[];
  /** Rows that were counted without the engine, or out of the file's own account. */
  rows: number;
  /** Which lines are JSON the engine tells: a FROM item with `n` and `line` of those that are not. */
  broken?: string;
  /** Whether any line has a wanted column, null included, is known by its query alone: a row if so. */
  presence?: readonly string[];
  /** Column names, for a message. */
  names(): Promise<readonly string[]>;
  /** Of Parquet files: what tells files of one structure. */
  parquet?: { file: string; schema: string; numbered: boolean };
}
