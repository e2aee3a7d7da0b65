import type { Column, NumberColumn, StringColumn } from '../../../../src/core/table.ts';

/** What the fixtures draw: Lehmer's numbers in (0, 1), times `scale`, plus `shift`, rounded down if `whole`. */
export interface Drawing {
  seed: number;
  n: number;
  scale?: number;
  shift?: number;
  whole?: boolean;
}

/** The same doubles as `draw` of make_drift.py. */
export function draw({ seed, n, scale = 1, shift = 0, whole = false }: Drawing): Float64Array {
  let state = seed;
  return Float64Array.from({ length: n }, () => {
    state = (state * 48_271) % 2_147_483_647;
    const value = (state / 2_147_483_647) * scale + shift;
    return whole ? Math.floor(value) : value;
  });
}

/** A number column without empty cells. */
export function numbers(values: Iterable<number>): NumberColumn {
  return { type: 'number', values: Float64Array.from(values), missing: 0 };
}

/** A text column; `''` is an empty cell. */
export function texts(values: readonly string[]): StringColumn {
  return { type: 'string', values: [...values], missing: values.filter((text) => text === '').length };
}

/** A number column with so many empty cells behind its values. */
export function withMissing(column: NumberColumn, missing: number): NumberColumn {
  return {
    type: 'number',
    values: Float64Array.of(...column.values, ...Array<number>(missing).fill(NaN)),
    missing,
  };
}

/** Each value as often as its count says. */
export function repeated<T>(values: readonly T[], counts: readonly number[]): T[] {
  return values.flatMap((value, i) => Array<T>(counts[i] ?? 0).fill(value));
}

/** Value counts of a log's feature, as in drift_shadow.json. */
export interface Condensed {
  type: string;
  missing: number;
  nan: number;
  values: (number | string)[];
  counts: number[];
}

/** The column that a log's value counts stand for. */
export function expanded({ type, missing, nan, values, counts }: Condensed): Column {
  const cells = repeated(values, counts);
  if (type === 'string') return texts([...cells.map(String), ...Array<string>(missing).fill('')]);
  return { ...numbers([...cells.map(Number), ...Array<number>(nan + missing).fill(NaN)]), missing };
}
