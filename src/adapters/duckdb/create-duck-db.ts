import { KnownGoodError } from '../../core/errors.ts';
import type { SqlEngine, SqlLimits, SqlSession } from '../../core/sql-engine.ts';
import { DuckSession } from './duck-session.ts';
import { loadDuckDb } from './load-duckdb.ts';
import { Workspace } from './workspace.ts';

/** DuckDB within this process, loaded when the first session is opened. */
export function createDuckDb(): SqlEngine {
  return {
    async open(limits: SqlLimits): Promise<SqlSession> {
      const wrong = Object.entries(limits).find(([, value]) => !Number.isSafeInteger(value) || value < 1);
      if (wrong !== undefined)
        throw new KnownGoodError('internal', `The limit ${wrong[0]} of a session is ${wrong[1]}.`);
      return new DuckSession(await Workspace.open(loadDuckDb(), limits), limits);
    },
  };
}
