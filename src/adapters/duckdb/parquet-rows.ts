import { formatByteSize } from '../../core/byte-size.ts';
import type { LogColumn } from '../../core/sql-engine.ts';
import { tableError } from '../tables/table-error.ts';
import type { Database } from './database.ts';
import { quoteText } from './duck-dialect.ts';
import type { DuckDb } from './load-duckdb.ts';
import { ParquetFields } from './parquet-fields.ts';
import type { RowSource } from './row-source.ts';
import type { stageParquet } from './stage-parquet.ts';
import { asText } from './value-sql.ts';

/** `read_parquet` of files of one structure. */
export function readParquet(files: readonly string[]): string {
  return `read_parquet([${files.map(quoteText).join(', ')}], binary_as_string = true)`;
}

/** The columns of a Parquet file. */
export async function parquetFields(
  duckdb: DuckDb,
  database: Database,
  file: string,
): Promise<ParquetFields> {
  return new ParquetFields(duckdb, await database.columns(`SELECT * FROM ${readParquet([file])}`));
}

/** What is needed to read a Parquet file; `file` is the name that DuckDB knows it by. */
export interface ParquetReading {
  duckdb: DuckDb;
  database: Database;
  path: string;
  file: string;
  staged: Awaited<ReturnType<typeof stageParquet>>;
  fileBytes: number;
}

/** The rows of a Parquet file, out of its own account of them. Above the ceiling it is an `input` error. */
export async function parquetRows(reading: ParquetReading, wanted: readonly LogColumn[]): Promise<RowSource> {
  const { duckdb, database, path, file, staged } = reading;
  const fields = await parquetFields(duckdb, database, file);
  const rows = await checkSize(reading);
  return {
    path,
    ...staged,
    from: readParquet([file]),
    values: wanted.map((column) => fields.find(column.from)),
    rows,
    names: async () => fields.names,
    parquet: { file, schema: fields.schema, numbered: !fields.hidesPlaces },
  };
}

/** A statement that reads every wanted value of a file. */
export function probeRows({ from, values }: RowSource): string {
  const counts = values.flatMap((value) => (value === undefined ? [] : [`count(${asText(value)})`]));
  return `SELECT ${['count(*)', ...counts].join(', ')} FROM ${from}`;
}

/** How many rows the file says it has; a row counts as a byte at least. */
async function checkSize({ database, path, file, fileBytes }: ParquetReading): Promise<number> {
  const name = quoteText(file);
  const sql = `SELECT (SELECT sum(num_rows) FROM parquet_file_metadata(${name})), (SELECT sum(total_uncompressed_size) FROM parquet_metadata(${name}))`;
  const found = await database.read(sql, { count: 'number', unpacked: 'number' });
  const [count = Number.NaN, unpacked = Number.NaN] = [found.count[0], found.unpacked[0]];
  if (Math.max(count, unpacked) > fileBytes) {
    const what = `the file unpacks to ${formatByteSize(Math.max(count, unpacked))}, and ${formatByteSize(fileBytes)} are allowed`;
    throw tableError({ path }, { what, todo: 'Give a shorter log, or several files' });
  }
  if (count >= 0) return count;
  throw tableError({ path }, { what: 'the file does not say how many rows it has', todo: 'Write it again' });
}
