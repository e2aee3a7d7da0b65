import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as NodeApi from '@duckdb/node-api';
import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';

export type DuckDb = typeof NodeApi;

const PACKAGE = '@duckdb/node-api';

/** Names the folder that holds the native runtime. */
const RUNTIME_VARIABLE = 'KNOWN_GOOD_RUNTIME';

/**
 * DuckDB from the first folder that has it: KNOWN_GOOD_RUNTIME, `runtime-shadow` or `runtime` beside the bundle, the bundle's own.
 * An `input` error says how to install it, or why it does not start here.
 */
export function loadDuckDb(): DuckDb {
  const beside = fileURLToPath(new URL('.', import.meta.url));
  const folders = [
    process.env[RUNTIME_VARIABLE],
    join(beside, 'runtime-shadow'),
    join(beside, 'runtime'),
    beside,
  ];
  let reason: unknown;
  for (const folder of folders) {
    if (folder === undefined) continue;
    try {
      return createRequire(join(folder, 'package.json'))(PACKAGE) as DuckDb;
    } catch (error) {
      reason = isAbsent(error) ? (reason ?? error) : error;
    }
  }
  throw new KnownGoodError('input', describeMissingDuckDb(reason), { cause: reason });
}

/** One sentence on why DuckDB could not be loaded here, and what to do. */
export function describeMissingDuckDb(reason: unknown): string {
  if (isAbsent(reason))
    return `DuckDB is not installed, and Parquet files and shadow logs are read with it. Run npm ci where Known Good is installed, or set ${RUNTIME_VARIABLE} to a folder that has ${PACKAGE}.`;
  const text = reason instanceof Error ? reason.message : String(reason);
  return `DuckDB does not start on ${process.platform}-${process.arch}: ${seen(text.split('\n')[0], 300)}. It has binaries for x64 and arm64 of Linux, macOS and Windows; install ${PACKAGE} with its optional packages there.`;
}

/** The package itself is not there; a binary of its own that is missing is another matter. */
function isAbsent(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'MODULE_NOT_FOUND') return false;
  return error.message.split('\n')[0]?.includes(`'${PACKAGE}'`) ?? false;
}
