import { KnownGoodError } from '../../core/errors.ts';
import type { Digest } from '../../core/digest.ts';
import type { Tables } from '../../core/ports.ts';
import { seen } from '../../core/seen.ts';
import type { Column, ColumnRequest, Table, TableHead } from '../../core/table.ts';
import { CsvReader } from './csv-reader.ts';
import { FileDigest } from './file-digest.ts';
import { JsonlReader } from './jsonl-reader.ts';
import { openTable } from './open-table.ts';
import { readRecords } from './read-records.ts';
import { tableError } from './table-error.ts';
import { DEFAULT_TABLE_LIMITS, type TableLimits } from './table-limits.ts';
import type { TableReader, TableWish } from './table-reader.ts';

const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;

/** CSV or JSONL: by the name (`.gz` aside), else by the first character. */
function readerFor(wish: TableWish, start: Buffer): TableReader {
  const { path } = wish;
  const name = path.toLowerCase().replace(/\.gz$/, '');
  if (start.length === 0) {
    throw tableError({ path }, { what: 'the file is empty', todo: 'Give a table with a header and rows' });
  }
  if (/\.(jsonl|ndjson)$/.test(name)) return new JsonlReader(wish);
  if (/\.(csv|tsv)$/.test(name)) return new CsvReader(wish);
  if (name.endsWith('.json') && start[0] === OPEN_BRACKET) {
    const todo = 'Write one object a line (JSONL), or CSV';
    throw tableError({ path }, { what: 'this is a JSON list, not a table', todo });
  }
  return start[0] === OPEN_BRACE ? new JsonlReader(wish) : new CsvReader(wish);
}

async function readAll(wish: TableWish, digest?: FileDigest): Promise<TableReader> {
  const chosen: TableReader[] = [];
  await readRecords({
    path: wish.path,
    chunks: openTable(wish.path, wish.limits, digest),
    recordBytes: wish.limits.recordBytes,
    reader: (start) => {
      const reader = readerFor(wish, start);
      chosen.push(reader);
      return reader;
    },
  });
  const [reader] = chosen;
  if (reader === undefined) throw new KnownGoodError('internal', `${seen(wish.path)}: nothing was read.`);
  return reader;
}

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
  const reader = await readAll(wish, bytes);
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
 * gzipped, streamed into columns. Every row is read or an `input` error names file, line and column. An `auto` column
 * that turns out to be text after it began with numbers is read a second time.
 */
export function createTables(limits: Partial<TableLimits> = {}): Tables {
  const all = { ...DEFAULT_TABLE_LIMITS, ...limits };
  return {
    async head(path: string): Promise<TableHead> {
      const reader = await readAll({ path, wanted: 'head', limits: all });
      return { path, columns: [...reader.columns] };
    },
    read: (path, columns) => readTable({ path, wanted: onceEach(columns), limits: all }),
  };
}
