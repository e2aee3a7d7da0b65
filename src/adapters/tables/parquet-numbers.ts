import { seen } from '../../core/seen.ts';
import type { Column, ColumnRequest } from '../../core/table.ts';
import { tableError } from './table-error.ts';

/** Throws the `input` error of the first cell of a number column that no table may hold: an infinity, or none where all are needed. */
export function checkParquetNumbers(path: string, request: ColumnRequest, column: Column): void {
  if (column.type !== 'number') return;
  const row = column.values.findIndex(
    (value) =>
      value === Infinity || value === -Infinity || (request.complete === true && Number.isNaN(value)),
  );
  if (row < 0) return;
  const value = column.values[row] as number;
  const place = { path, column: seen(request.name) };
  if (Number.isNaN(value)) {
    const what = `there is no number in row ${row + 1}`;
    throw tableError(place, { what, todo: 'Write a finite number in every row' });
  }
  const what = `the number ${value} in row ${row + 1} is not finite`;
  throw tableError(place, { what, todo: 'Write a finite decimal number, NaN, or leave the cell empty' });
}
