/** How to read a column: `auto` becomes `number` when every non-empty cell is one, else `string`. */
export type ColumnType = 'number' | 'string' | 'auto';

export interface ColumnRequest {
  name: string;
  type: ColumnType;
  /** Every row must have a finite number: an empty cell and NaN are errors too. */
  complete?: boolean;
}

/** n numbers; an empty cell and a written NaN are both NaN here, and counted apart. */
export interface NumberColumn {
  type: 'number';
  values: Float64Array;
  /** Empty cells (CSV: nothing between the commas; JSON: null or absent). */
  missing: number;
}

/** n texts; an empty cell is `''` and counted. */
export interface StringColumn {
  type: 'string';
  values: string[];
  missing: number;
}

export type Column = NumberColumn | StringColumn;

/** The requested columns of a table, all of one length. */
export interface Table {
  path: string;
  rows: number;
  columns: ReadonlyMap<string, Column>;
}

/** What the head of a table says: its columns in file order. */
export interface TableHead {
  path: string;
  columns: string[];
}
