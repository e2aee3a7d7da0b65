import { formatByteSize } from '../../core/byte-size.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { seen, seenName } from '../../core/seen.ts';
import { noTemporaryRoom } from './no-temporary-room.ts';

/** What an error of DuckDB is told against. */
export interface EngineContext {
  memoryBytes: number;
  /** The user's paths of files, by those that DuckDB knows. */
  paths: ReadonlyMap<string, string>;
}

/**
 * An error of DuckDB as one that a person can act on: too little memory or disk is `unavailable`, a file that is named in it, or `path`,
 * is an `input` error, and everything else is `internal`.
 */
export function engineError(error: unknown, context: EngineContext, path?: string): KnownGoodError {
  if (error instanceof KnownGoodError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const cause = { cause: error };
  if (/^Out of Memory Error/i.test(text)) {
    const what = `DuckDB needed more than the ${formatByteSize(context.memoryBytes)} of memory that it may use.`;
    return new KnownGoodError(
      'unavailable',
      `${what} Allow it more memory, or read fewer rows or columns.`,
      cause,
    );
  }
  if (/no space left|not enough (?:disk )?space|max_temp_directory_size/i.test(text))
    return noTemporaryRoom(error);
  const named = [...context.paths].find(([name]) => text.includes(name));
  const file = named?.[1] ?? path;
  if (file !== undefined) {
    const what = `${seenName(file)}: the data are damaged, or written in a way that DuckDB does not read.`;
    return new KnownGoodError(
      'input',
      `${what} Its words: ${words(named === undefined ? text : text.replaceAll(named[0], named[1]))}. Write the file again.`,
      cause,
    );
  }
  return new KnownGoodError('internal', `DuckDB did not run a query: ${words(text)}.`, cause);
}

/** The first line of a message, quoted. */
function words(text: string): string {
  return seen(text.split('\n')[0]?.trim(), 200);
}
