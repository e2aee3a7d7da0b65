import type { Tensor, Tensors } from '../../core/model.ts';
import type { Column, Table } from '../../core/table.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { InputFeed, InputPlan } from './input-plan.ts';
import { quote } from '../../verdict/sentences.ts';

/** The rows to send: indices into the table, in order. */
export type RowSelection = { from: number; to: number } | { rows: ArrayLike<number> };

/**
 * Tensors of the selected rows, as the plan says. Numbers are narrowed to the input's type; what an integer or bool
 * input cannot hold (NaN, fractions, too large) is an `input` error, and so is text in the place of a number.
 */
export function buildTensors(table: Table, plan: InputPlan, selection: RowSelection): Tensors {
  const tensors: Record<string, Tensor> = {};
  for (const feed of plan.feeds) tensors[feed.input] = buildTensor(table, feed, selection);
  return tensors;
}

function buildTensor(table: Table, feed: InputFeed, selection: RowSelection): Tensor {
  const columns = feed.columns.map((name) => columnNamed(table, name));
  const rows = selectedCount(selection);
  const dims = feed.rank === 1 ? [rows] : [rows, columns.length];
  if (feed.type === 'string') return { type: 'string', dims, data: gatherText(columns, selection) };
  const data = emptyNumbers(feed.type, rows * columns.length);
  columns.forEach((column, j) =>
    fillColumn(data, { column, offset: j, stride: columns.length, name: feed.columns[j] ?? '' }, selection),
  );
  return { type: feed.type, dims, data };
}

function columnNamed(table: Table, name: string): Column {
  const column = table.columns.get(name);
  if (column === undefined)
    throw new KnownGoodError('internal', `Column ${JSON.stringify(name)} was not read.`);
  return column;
}

function selectedCount(selection: RowSelection): number {
  return 'rows' in selection ? selection.rows.length : selection.to - selection.from;
}

function rowAt(selection: RowSelection, index: number): number {
  return 'rows' in selection ? (selection.rows[index] ?? 0) : selection.from + index;
}

function gatherText(columns: readonly Column[], selection: RowSelection): string[] {
  const texts: string[] = [];
  for (let i = 0; i < selectedCount(selection); i++) {
    for (const column of columns) texts.push(textAt(column, rowAt(selection, i)));
  }
  return texts;
}

function textAt(column: Column, row: number): string {
  if (column.type === 'string') return column.values[row] ?? '';
  const value = column.values[row] ?? Number.NaN;
  return Number.isNaN(value) ? '' : String(value);
}

function numberAt({ column, name }: Strip, row: number): number {
  if (column.type === 'number') return column.values[row] ?? Number.NaN;
  const text = column.values[row] ?? '';
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isNaN(value) || /^\s*(nan)?\s*$/i.test(text)) return value;
  throw new KnownGoodError(
    'input',
    `The model takes numbers in ${quote(name)}, and row ${row + 1} of the table holds ${quote(text)}.`,
  );
}

type Numbers = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

function emptyNumbers(type: Exclude<InputFeed['type'], 'string'>, length: number): Numbers {
  switch (type) {
    case 'float32':
      return new Float32Array(length);
    case 'float64':
      return new Float64Array(length);
    case 'int32':
      return new Int32Array(length);
    case 'int64':
      return new BigInt64Array(length);
    case 'bool':
      return new Uint8Array(length);
  }
}

interface Strip {
  column: Column;
  offset: number;
  stride: number;
  name: string;
}

function fillColumn(data: Numbers, strip: Strip, selection: RowSelection): void {
  const rows = selectedCount(selection);
  for (let i = 0; i < rows; i++) {
    const value = numberAt(strip, rowAt(selection, i));
    const at = i * strip.stride + strip.offset;
    if (data instanceof Float64Array) data[at] = value;
    else if (data instanceof Float32Array) data[at] = narrowed(value, strip, rowAt(selection, i));
    else setInteger(data, at, { value, name: strip.name, row: rowAt(selection, i) });
  }
}

/** A number as float32; one that is finite and would become infinite is an `input` error. */
function narrowed(value: number, { name }: Strip, row: number): number {
  const narrow = Math.fround(value);
  if (Number.isFinite(narrow) || !Number.isFinite(value)) return narrow;
  throw new KnownGoodError(
    'input',
    `The model takes float32 in ${quote(name)}, and row ${row + 1} of the table holds ${value}, which is too large for float32 (at most 3.4e38). Fix the cell, or export the model with a float64 input.`,
  );
}

const RANGES = {
  int32: { low: -(2 ** 31), high: 2 ** 31 - 1, what: 'whole numbers of 32 bits' },
  int64: { low: Number.MIN_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER, what: 'whole numbers' },
  bool: { low: 0, high: 1, what: '0 or 1' },
} as const;

function setInteger(
  data: Int32Array | BigInt64Array | Uint8Array,
  at: number,
  cell: { value: number; name: string; row: number },
): void {
  const { low, high, what } =
    RANGES[data instanceof Int32Array ? 'int32' : data instanceof Uint8Array ? 'bool' : 'int64'];
  if (!(Number.isInteger(cell.value) && cell.value >= low && cell.value <= high)) {
    throw new KnownGoodError(
      'input',
      `The model takes ${what} in ${quote(cell.name)}, and row ${cell.row + 1} of the table holds ${cell.value}. Fix the cell, or export the model with a float input.`,
    );
  }
  if (data instanceof BigInt64Array) data[at] = BigInt(cell.value);
  else data[at] = cell.value;
}
