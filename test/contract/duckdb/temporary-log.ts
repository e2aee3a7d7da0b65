import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, afterEach } from 'vitest';
import { createDuckDb } from '../../../src/adapters/duckdb/create-duck-db.ts';
import type { LogColumn, LogKind, SqlLimits, SqlSession } from '../../../src/core/sql-engine.ts';

/** Ceilings that small files never reach. */
export const LIMITS: SqlLimits = {
  memoryBytes: 512 * 2 ** 20,
  threads: 2,
  fileBytes: 2 ** 30,
  lineBytes: 16 * 2 ** 20,
};

/** Logs in a folder of their own, and sessions that are closed after the test. */
export function temporaryLogs(): {
  folder: string;
  write(name: string, content: string | Uint8Array): string;
  parquet(name: string, select: string): Promise<string>;
  open(limits?: Partial<SqlLimits>): Promise<SqlSession>;
} {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-logs-'));
  const sessions: SqlSession[] = [];
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const inFolder = (name: string): string => join(folder, name);
  return {
    folder,
    write(name, content) {
      writeFileSync(inFolder(name), content);
      return inFolder(name);
    },
    async parquet(name, select) {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      await connection.run(`SET TimeZone = 'UTC'`);
      await connection.run(`COPY (${select}) TO '${inFolder(name).replaceAll("'", "''")}' (FORMAT parquet)`);
      connection.closeSync();
      instance.closeSync();
      return inFolder(name);
    },
    async open(limits = {}) {
      const session = await createDuckDb().open({ ...LIMITS, ...limits });
      sessions.push(session);
      return session;
    },
  };
}

/** Columns whose names are those of the file. */
export function columns(kinds: Readonly<Record<string, LogKind>>): LogColumn[] {
  return Object.entries(kinds).map(([name, kind]) => ({ name, from: name, kind }));
}

/** The message of the error that a promise rejects with, after its code, folders cut off. */
export async function failure(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  const { code, message } = error as { code?: string; message: string };
  return `${code}: ${message.replace(/[^\s"]*known-good-logs-[^/\s"]*\//g, '')}`;
}
