import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqlLimits } from '../../core/sql-engine.ts';
import { unreadableTable } from '../tables/open-table.ts';
import { Database } from './database.ts';
import { engineError } from './engine-error.ts';
import type { DuckDb } from './load-duckdb.ts';
import { noTemporaryRoom } from './no-temporary-room.ts';

/**
 * A private temporary folder with a database in it. The database may read the folder and the files that were allowed, nothing else; what
 * is allowed later opens it anew, which keeps its tables and views.
 */
export class Workspace {
  readonly duckdb: DuckDb;
  readonly folder: string;
  private readonly limits: SqlLimits;
  /** The user's paths of files, by those that the database knows. */
  private readonly allowed = new Map<string, string>();
  private names = 0;
  private current: Database | undefined;

  private constructor(duckdb: DuckDb, folder: string, limits: SqlLimits) {
    this.duckdb = duckdb;
    this.folder = folder;
    this.limits = limits;
  }

  static async open(duckdb: DuckDb, limits: SqlLimits): Promise<Workspace> {
    const folder = await newFolder().catch((error: unknown) => {
      throw noTemporaryRoom(error);
    });
    const workspace = new Workspace(duckdb, folder, limits);
    try {
      await workspace.database();
    } catch (error) {
      await workspace.close();
      throw workspace.explain(error);
    }
    return workspace;
  }

  /** The database, which may read all that was allowed so far. */
  async database(): Promise<Database> {
    const { duckdb, folder, limits } = this;
    this.current ??= await Database.open({ duckdb, folder, limits, allowed: [...this.allowed.keys()] });
    return this.current;
  }

  /** A path in the folder that nobody has, such as `…/f12.csv`. */
  newPath(ending: string): string {
    return join(this.folder, `f${++this.names}${ending}`);
  }

  /** Allows the database to read a file, and returns its path as a pattern that only it fits: DuckDB takes paths for patterns. */
  async allow(path: string): Promise<string> {
    const real = await realpath(path).catch((error: unknown) => {
      throw unreadableTable(path, error);
    });
    const pattern = real.replaceAll(/[*?[]/g, '[$&]');
    for (const name of [real, pattern]) this.allowed.set(name, path);
    this.current?.close();
    this.current = undefined;
    return pattern;
  }

  /** The work, its errors told as those of a file. */
  async guard<T>(path: string | undefined, work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      throw this.explain(error, path);
    });
  }

  explain(error: unknown, path?: string): Error {
    return engineError(error, { memoryBytes: this.limits.memoryBytes, paths: this.allowed }, path);
  }

  /** Closes the database and removes the folder. */
  async close(): Promise<void> {
    this.current?.close();
    this.current = undefined;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A new folder that only we may look into. */
async function newFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'known-good-sql-')));
  await chmod(folder, 0o700);
  return folder;
}
