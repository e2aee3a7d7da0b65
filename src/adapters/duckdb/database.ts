import type {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBResult,
  DuckDBType,
} from '@duckdb/node-api';
import type { ResultKind, ResultOf, SqlLimits } from '../../core/sql-engine.ts';
import { quoteText } from './duck-dialect.ts';
import type { DuckDb } from './load-duckdb.ts';
import { resultColumn } from './result-column.ts';

/** Where a database lives and what it may use. */
export interface DatabasePlace {
  duckdb: DuckDb;
  /** A folder of its own: the database, what it spills, and files that it may read. */
  folder: string;
  limits: Pick<SqlLimits, 'memoryBytes' | 'threads'>;
  /** Files outside of the folder that it may read. */
  allowed: readonly string[];
}

/** A column of a query: its name and DuckDB's type. */
export interface TypedColumn {
  name: string;
  type: DuckDBType;
}

/** DuckDB on a database file, confined: no file, extension or setting beyond what it was opened with. Errors are DuckDB's own. */
export class Database {
  private readonly instance: DuckDBInstance;
  private readonly connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.instance = instance;
    this.connection = connection;
  }

  static async open({ duckdb, folder, limits, allowed }: DatabasePlace): Promise<Database> {
    const instance = await duckdb.DuckDBInstance.create(`${folder}/log.duckdb`, {
      threads: String(limits.threads),
      memory_limit: `${limits.memoryBytes}B`,
      temp_directory: `${folder}/spill`,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const database = new Database(instance, await instance.connect());
    const list = (paths: readonly string[]): string => `[${paths.map(quoteText).join(', ')}]`;
    for (const statement of [
      `SET TimeZone = 'UTC'`,
      'SET preserve_insertion_order = true',
      `SET allowed_directories = ${list([folder])}`,
      `SET allowed_paths = ${list(allowed)}`,
      'SET enable_external_access = false',
      'SET lock_configuration = true',
    ])
      await database.run(statement);
    return database;
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** The columns of a query, which is not run. */
  async columns(sql: string): Promise<TypedColumn[]> {
    const result = await this.connection.stream(`SELECT * FROM (${sql}) LIMIT 0`);
    const types = result.columnTypes();
    return result.columnNames().map((name, index) => ({ name, type: types[index] as DuckDBType }));
  }

  /** Streams a query's result into columns, by place; the shape names them. `expected`: see `SqlSession.read`. */
  async read<Shape extends Readonly<Record<string, ResultKind>>>(
    sql: string,
    shape: Shape,
    expected?: number,
  ): Promise<ResultOf<Shape>> {
    const result = await this.connection.stream(sql);
    const columns = Object.entries(shape).map(([name, kind]) => ({
      name,
      values: resultColumn(kind, expected),
    }));
    if (result.columnCount !== columns.length)
      throw new Error(`a query gives ${result.columnCount} columns where ${columns.length} were asked for`);
    let rows = 0;
    for await (const chunk of chunksOf(result)) {
      rows += chunk.rowCount;
      for (const [index, { values }] of columns.entries())
        values.add(chunk.getColumnVector(index), chunk.rowCount);
    }
    return {
      ...Object.fromEntries(columns.map(({ name, values }) => [name, values.take()])),
      rows,
    } as ResultOf<Shape>;
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

/** The chunks of a result, the next one being fetched while one is worked on. */
async function* chunksOf(result: DuckDBResult): AsyncGenerator<DuckDBDataChunk> {
  let next = result.fetchChunk();
  try {
    for (;;) {
      const chunk = await next;
      if (chunk === null || chunk.rowCount === 0) return;
      next = result.fetchChunk();
      yield chunk;
    }
  } finally {
    await next.catch(() => undefined);
  }
}
