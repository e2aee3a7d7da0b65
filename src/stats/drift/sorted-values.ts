import { sumOf } from '../compensated-sum.ts';
import { quantile } from '../quantile.ts';

/** Finite numbers of one side in ascending order, repeats allowed; `counts` says how often each stands there (once each if absent). */
export interface SortedValues {
  values: Float64Array;
  /** As many as values, each an integer ≥ 0. */
  counts?: ArrayLike<number> | undefined;
}

/** The finite numbers of a column, sorted, in a new array; the column stays as it is. */
export function sortFinite(column: Float64Array): SortedValues {
  let finite = 0;
  for (const value of column) if (Number.isFinite(value)) finite++;
  const values = new Float64Array(finite);
  let next = 0;
  for (const value of column) if (Number.isFinite(value)) values[next++] = value;
  return { values: values.sort() };
}

/** Two arrays of finite numbers in ascending order as one. */
export function mergeSorted(a: Float64Array, b: Float64Array): Float64Array {
  const merged = new Float64Array(a.length + b.length);
  let [i, j] = [0, 0];
  for (let next = 0; next < merged.length; next++) {
    const fromA = j === b.length || (i < a.length && (a[i] as number) <= (b[j] as number));
    merged[next] = (fromA ? a[i++] : b[j++]) as number;
  }
  return merged;
}

/** How many rows the values stand for. */
export function rowsOfSorted({ values, counts }: SortedValues): number {
  return counts === undefined ? values.length : sumOf(values.length, (i) => counts[i] as number);
}

/** Quantile at p in [0, 1] of the rows, type 7; NaN for none. */
export function quantileOfSorted(sorted: SortedValues, p: number): number {
  if (sorted.counts === undefined) return quantile(sorted.values, p);
  const position = (rowsOfSorted(sorted) - 1) * p;
  const below = Math.floor(position);
  const low = rowAt(sorted, below);
  return position === below ? low : low + (rowAt(sorted, below + 1) - low) * (position - below);
}

/** Standard deviation of the rows (divisor rows − 1); NaN for fewer than two. */
export function deviationOfSorted(sorted: SortedValues): number {
  const { values, counts } = sorted;
  const rows = rowsOfSorted(sorted);
  const weight = (i: number): number => (counts === undefined ? 1 : (counts[i] as number));
  const mean = sumOf(values.length, (i) => weight(i) * (values[i] as number)) / rows;
  return Math.sqrt(sumOf(values.length, (i) => weight(i) * ((values[i] as number) - mean) ** 2) / (rows - 1));
}

/** At most `limit` distinct values, or undefined where there are more. */
export function fewDistinct({ values, counts }: SortedValues, limit: number): number[] | undefined {
  const distinct: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (counts?.[i] === 0 || values[i] === distinct.at(-1)) continue;
    if (distinct.length === limit) return undefined;
    distinct.push(values[i] as number);
  }
  return distinct;
}

/** The value of the row with so many rows before it; NaN where there is none. */
function rowAt({ values, counts }: SortedValues, index: number): number {
  let seen = 0;
  for (let i = 0; i < values.length; i++) {
    seen += counts?.[i] ?? 1;
    if (seen > index) return values[i] as number;
  }
  return NaN;
}
