import type { Column } from '../../core/table.ts';
import type { RepeatedRows } from '../../gate/facts.ts';

/**
 * Counts the rows that repeat an earlier one, cell by cell; missing numbers are alike. Without columns nothing repeats.
 * One pass over a table of slots, so that a million rows cost a second and no texts.
 */
export function repeatedRows(columns: readonly Column[]): RepeatedRows {
  const cells = columns.map(comparable);
  const rows = cells[0]?.length ?? 0;
  const mixed = mixRows(cells, rows);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rows + 1))).fill(-1);
  let repeated = 0;
  let first: RepeatedRows['first'];
  for (let row = 0; row < rows; row++) {
    const of = placeOf(row, { cells, mixed, slots });
    if (of === row) continue;
    repeated += 1;
    first ??= { row: row + 1, of: of + 1 };
  }
  return { rows: repeated, ...(first === undefined ? {} : { first }) };
}

/** Texts as a column. */
export function textColumn(values: readonly string[]): Column {
  return { type: 'string', values: [...values], missing: 0 };
}

/** Texts become numbers by the order in which they are first seen. */
function comparable(column: Column): Float64Array {
  if (column.type === 'number') return column.values;
  const numbers = new Map<string, number>();
  return Float64Array.from(column.values, (text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  });
}

/** 32 bits of every row, each column mixed in by multiplication (constants and finish of MurmurHash3, Appleby 2011). */
function mixRows(cells: readonly Float64Array[], rows: number): Int32Array {
  const mixed = new Int32Array(rows);
  const double = new Float64Array(1);
  const words = new Int32Array(double.buffer);
  for (const values of cells) {
    for (let row = 0; row < rows; row++) {
      const value = values[row] ?? Number.NaN;
      // Zero has two signs, and a missing number many patterns.
      double[0] = Number.isNaN(value) ? Number.MAX_VALUE : value + 0;
      const bits = Math.imul((mixed[row] ?? 0) ^ (words[0] ?? 0), 0x85ebca6b);
      mixed[row] = Math.imul(bits ^ (bits >>> 13) ^ (words[1] ?? 0), 0xc2b2ae35) + 0x9e3779b9;
    }
  }
  return mixed.map(finish);
}

/** Every bit comes to bear on the lowest ones, which choose the slot. */
function finish(bits: number): number {
  let finished = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  finished = Math.imul(finished ^ (finished >>> 13), 0xc2b2ae35);
  return finished ^ (finished >>> 16);
}

interface Seen {
  cells: readonly Float64Array[];
  mixed: Int32Array;
  /** The first row of every kind, −1 where none is yet. */
  slots: Int32Array;
}

/** The earliest row with the same cells: the row itself where there is none yet. */
function placeOf(row: number, { cells, mixed, slots }: Seen): number {
  const mask = slots.length - 1;
  let at = (mixed[row] ?? 0) & mask;
  for (;;) {
    const other = slots[at] ?? -1;
    if (other < 0) {
      slots[at] = row;
      return row;
    }
    if (mixed[other] === mixed[row] && cells.every((values) => alike(values[other], values[row])))
      return other;
    at = (at + 1) & mask;
  }
}

function alike(left: number | undefined, right: number | undefined): boolean {
  return left === right || (Number.isNaN(left) && Number.isNaN(right));
}
