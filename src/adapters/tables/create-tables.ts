import { KnownGoodError } from '../../core/errors.ts';
import type { Digest } from '../../core/digest.ts';
import type { Tables } from '../../core/ports.ts';
import { seen } from '../../core/seen.ts';
import type { SqlEngine } from '../../core/sql-engine.ts';
import type { Column, ColumnRequest, Table, TableHead } from '../../core/table.ts';
import { createDuckDb } from '../duckdb/create-duck-db.ts';
import { FileDigest } from './file-digest.ts';
import { isParquet } from './is-parquet.ts';
import { parquetHead, readParquetTable } from './parquet-table.ts';
import { readTextTable } from './read-text-table.ts';
import { tableError } from './table-error.ts';
import { DEFAULT_TABLE_LIMITS, type TableLimits } from './table-limits.ts';
import type { TableWish } from './table-reader.ts';

/** One request a column; `auto` gives way to a type that somebody else asks for. */
function onceEach(columns: readonly ColumnRequest[]): ColumnRequest[] {
  const once = new Map<string, ColumnRequest>();
  for (const request of columns) {
    const before = once.get(request.name);
    if (before === undefined || before.type === 'auto') once.set(request.name, request);
    else if (request.type !== 'auto' && request.type !== before.type) {
      const what = `The column ${seen(request.name)} was asked for as a number and as text.`;
      throw new KnownGoodError('internal', what);
    }
  }
  return [...once.values()];
}

async function readTable(
  wish: TableWish & { wanted: readonly ColumnRequest[] },
): Promise<Table & { digest: Digest }> {
  const bytes = new FileDigest();
  const reader = await readTextTable(wish, bytes);
  const digest = bytes.value();
  const found = reader.finish();
  const again = [...found.keys()].filter((name) => found.get(name) === 'read-again');
  const texts = new Map<string, Column>();
  if (again.length > 0) {
    const wanted = again.map((name) => ({ name, type: 'string' as const }));
    const second = await readTable({ ...wish, wanted });
    if (second.digest !== digest) {
      const what = 'the file changed while it was read';
      throw tableError({ path: wish.path }, { what, todo: 'Try again when it is written' });
    }
    for (const [name, column] of second.columns) texts.set(name, column);
  }
  const columns = new Map<string, Column>();
  for (const [name, column] of found) {
    const value = column === 'read-again' ? texts.get(name) : column;
    if (value !== undefined) columns.set(name, value);
  }
  return { path: wish.path, rows: reader.rows, columns, digest };
}

/**
 * Tables as files: CSV (RFC 4180; comma, or semicolon or tab where the header shows it) and JSON lines, each plain or
 * gzipped, streamed into columns; Parquet through the engine, which is loaded for it alone. Every row is read or an `input` error names file, line and column. An `auto` column
 * that turns out to be text after it began with numbers is read a second time.
 */
export function createTables(limits: Partial<TableLimits> = {}, engine: SqlEngine = createDuckDb()): Tables {
  const all = { ...DEFAULT_TABLE_LIMITS, ...limits };
  return {
    async head(path: string): Promise<TableHead> {
      if (await isParquet(path)) return { path, columns: await parquetHead({ path, engine, limits: all }) };
      const reader = await readTextTable({ path, wanted: 'head', limits: all });
      return { path, columns: [...reader.columns] };
    },
    async read(path, columns) {
      const wanted = onceEach(columns);
      if (await isParquet(path)) return readParquetTable({ path, engine, limits: all }, wanted);
      return readTable({ path, wanted, limits: all });
    },
  };
}
