import type { Column, ColumnRequest } from '../../core/table.ts';
import { seen } from '../../core/seen.ts';
import { nearestName } from '../../core/nearest-name.ts';
import type { RecordReader } from './read-records.ts';
import { tableError } from './table-error.ts';
import type { TableLimits } from './table-limits.ts';

/** What is wanted of a table: its head, or some columns of all rows. */
export interface TableWish {
  path: string;
  wanted: readonly ColumnRequest[] | 'head';
  limits: TableLimits;
}

/** A record reader that knows, when it has read all, the columns and their values. */
export interface TableReader extends RecordReader {
  readonly rows: number;
  /** Names in file order. */
  readonly columns: readonly string[];
  /** The requested columns by name; `'read-again'` for an `auto` column that turned out to be text. */
  finish(): Map<string, Column | 'read-again'>;
}

/** The `input` error for requested columns that a table does not have; names up to 20 that it has. */
export function missingColumns(path: string, missing: readonly string[], columns: readonly string[]): Error {
  const named = missing.slice(0, 10).map((name) => {
    const near = nearestName(name, columns);
    return near === undefined ? seen(name) : `${seen(name)} (did you mean ${seen(near)}?)`;
  });
  const more = missing.length > 10 ? ` and ${missing.length - 10} more` : '';
  const some = columns.slice(0, 20).map((name) => seen(name));
  const rest = columns.length > 20 ? ` and ${columns.length - 20} more` : '';
  return tableError(
    { path },
    {
      what: `there is no column ${named.join(', ')}${more}; the table has ${some.join(', ')}${rest}`,
      todo: 'Correct the name, or add the column',
    },
  );
}

/** The `input` error of a table without rows. */
export function noRows(path: string): Error {
  const what = 'the table has a header and no rows';
  return tableError({ path }, { what, todo: 'Give a table with at least one row' });
}

/** Throws when the rows read so far times the columns pass the ceiling. */
export function checkCells(wish: TableWish, rows: number): void {
  const columns = Math.max(1, wish.wanted.length);
  if (rows * columns <= wish.limits.cells) return;
  const what = `more than ${wish.limits.cells} cells were asked for (${columns} columns)`;
  throw tableError({ path: wish.path }, { what, todo: 'Give a sample of the rows' });
}
