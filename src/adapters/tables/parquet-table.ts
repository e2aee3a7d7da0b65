import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { seen, seenName } from '../../core/seen.ts';
import type {
  LoadedSource,
  LogColumn,
  LogKind,
  ResultKind,
  SqlEngine,
  SqlSession,
} from '../../core/sql-engine.ts';
import type { Column, ColumnRequest, ColumnType, Table } from '../../core/table.ts';

import { stageParquet } from '../duckdb/stage-parquet.ts';
import { checkParquetNumbers } from './parquet-numbers.ts';
import { tableError } from './table-error.ts';
import type { TableLimits } from './table-limits.ts';
import { checkCells, missingColumns, noRows } from './table-reader.ts';

/** Memory of the engine; beyond it spills to disk. The columns themselves are ours. */
const MEMORY_BYTES = 2 ** 30;
const THREADS = 2;

const KINDS: Readonly<Record<ColumnType, LogKind>> = { number: 'number', string: 'text', auto: 'auto' };

/** A relation has a column: this one is in no file. */
const NO_COLUMN = { name: 'none', from: '\0', kind: 'auto', optional: true } as const;

/** A Parquet file and what reads it. */
export interface ParquetFile {
  path: string;
  engine: SqlEngine;
  limits: TableLimits;
}

/** The columns of a Parquet file in file order; fields inside of others as dotted names. */
export function parquetHead(file: ParquetFile): Promise<string[]> {
  return withSession(file, (session) => session.columnsOf([file.path]));
}

/**
 * The requested columns of a Parquet file. The engine reads the file by its path, so its digest is taken before and after: a file that
 * changed meanwhile is an `input` error, as is a cell that does not fit its column.
 */
export function readParquetTable(
  file: ParquetFile,
  wanted: readonly ColumnRequest[],
): Promise<Table & { digest: Digest }> {
  return withSession(file, async (session) => {
    const { path, limits } = file;
    const names = await session.columnsOf([path]);
    const missing = wanted.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
    if (missing.length > 0) throw missingColumns(path, missing, names);
    const columns: LogColumn[] = wanted.map(({ name, type }, index) => ({
      name: `c${index}`,
      from: name,
      kind: KINDS[type],
    }));
    if (columns.length === 0) columns.push(NO_COLUMN);
    const loaded = await session.load({ relation: 'cells', paths: [path], columns, maxRejected: 0 });
    if (loaded.rows === 0) throw noRows(path);
    checkCells({ path, wanted, limits }, loaded.rows);
    refuseMalformed(path, wanted, loaded);
    const found = await readColumns(session, wanted, loaded);
    for (const request of wanted) checkParquetNumbers(path, request, found.get(request.name) as Column);
    const digest = loaded.files[0]?.digest as Digest;
    if ((await stageParquet(path)).digest !== digest) {
      const what = 'the file changed while it was read';
      throw tableError({ path }, { what, todo: 'Try again when it is written' });
    }
    return { path, rows: loaded.rows, columns: found, digest };
  });
}

async function withSession<T>(file: ParquetFile, work: (session: SqlSession) => Promise<T>): Promise<T> {
  const session = await openSession(file);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

async function openSession({ path, engine, limits }: ParquetFile): Promise<SqlSession> {
  const { bytes: fileBytes, recordBytes: lineBytes } = limits;
  try {
    return await engine.open({ memoryBytes: MEMORY_BYTES, threads: THREADS, fileBytes, lineBytes });
  } catch (error) {
    if (!(error instanceof KnownGoodError) || error.code !== 'input') throw error;
    const convert = `Or convert the file where DuckDB or pandas is: COPY (FROM 'x.parquet') TO 'x.csv' (HEADER), to_csv(index=False).`;
    const message = `${seenName(path)}: Parquet cannot be read here. ${error.message} ${convert}`;
    throw new KnownGoodError('input', message, { cause: error });
  }
}

function refuseMalformed(path: string, wanted: readonly ColumnRequest[], { malformed }: LoadedSource): void {
  const [first] = malformed;
  if (first === undefined) return;
  const name = wanted[Number(first.column.slice(1))]?.name;
  const what = `expected a number, saw ${seen(first.example.value)}`;
  const todo = 'Write a finite decimal number, NaN, or leave the cell empty';
  throw tableError({ path, column: seen(name) }, { what, todo });
}

async function readColumns(
  session: SqlSession,
  wanted: readonly ColumnRequest[],
  { kinds, rows }: LoadedSource,
): Promise<Map<string, Column>> {
  const names = wanted.map((_, index) => `c${index}`);
  if (names.length === 0) return new Map();
  const shape = names.map((name) => [name, kinds.get(name) === 'text' ? 'text' : 'number'] as const);
  const values = await session.read(
    `SELECT ${names.join(', ')} FROM cells`,
    Object.fromEntries<ResultKind>(shape),
  );
  const counts = await session.read(
    `SELECT ${names.map((name) => `count(${name})`).join(', ')} FROM cells`,
    Object.fromEntries(names.map((name) => [name, 'number' as const])),
  );
  return new Map(
    shape.map(([name, kind], index) => {
      const missing = rows - ((counts[name] as Float64Array)[0] ?? 0);
      const column: Column =
        kind === 'text'
          ? { type: 'string', values: values[name] as string[], missing }
          : { type: 'number', values: values[name] as Float64Array, missing };
      return [wanted[index]?.name ?? '', column];
    }),
  );
}
