import { KnownGoodError } from '../../core/errors.ts';
import { seenName } from '../../core/seen.ts';

/** What is wrong in a table, and what to do: two sentences without their full stops. */
export interface TableProblem {
  what: string;
  todo: string;
}

/** Where it is wrong: a file, a line (from 1) and a column, as far as they are known. */
export interface TablePlace {
  path: string;
  line?: number;
  column?: string;
}

/** The `input` error of a table: `data/test.csv, line 7, column "age": … .` */
export function tableError(place: TablePlace, problem: TableProblem, cause?: unknown): KnownGoodError {
  const line = place.line === undefined ? '' : `, line ${place.line}`;
  const column = place.column === undefined ? '' : `, column ${place.column}`;
  const message = `${seenName(place.path)}${line}${column}: ${problem.what}. ${problem.todo}.`;
  return new KnownGoodError('input', message, cause === undefined ? {} : { cause });
}
