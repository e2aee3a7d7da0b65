import { KnownGoodError } from '../../core/errors.ts';
import { rowsOfSorted, type SortedValues } from './sorted-values.ts';

/** What one pass over both empirical distribution functions F (reference, n rows) and G (current, m rows) finds. */
export interface SortedComparison {
  n: number;
  m: number;
  /** max |F − G|·n·m, a whole number, exact up to 2⁵³. */
  largest: number;
  /** ∫ |F − G|, in the values' unit; ∞ or NaN where it exceeds the range of doubles. */
  area: number;
  /** Whether any value stands twice, on one side or across. */
  ties: boolean;
}

/**
 * Walks two sorted sides once and allocates nothing; undefined where either is empty. Values that are out of order or NaN
 * are an `internal` error.
 */
export function compareSorted(reference: SortedValues, current: SortedValues): SortedComparison | undefined {
  const [n, m] = [rowsOfSorted(reference), rowsOfSorted(current)];
  if (n === 0 || m === 0) return undefined;
  const [a, b] = [reference.values, current.values];
  const [times, timesToo] = [reference.counts, current.counts];
  let [i, j, seen, seenToo] = [0, 0, 0, 0];
  let [largest, area, lost, apart] = [0, 0, 0, 0];
  let ties = false;
  let previous = -Infinity;
  while (i < a.length || j < b.length) {
    const value =
      j === b.length || (a[i] as number) <= (b[j] as number) ? (a[i] as number) : (b[j] as number);
    if (!(value >= previous)) throw new KnownGoodError('internal', `Not sorted: ${value} after ${previous}.`);
    const before = seen + seenToo;
    for (; a[i] === value; i++) seen += times === undefined ? 1 : (times[i] as number);
    for (; b[j] === value; j++) seenToo += timesToo === undefined ? 1 : (timesToo[j] as number);
    if (apart > 0) {
      const term = apart * (value - previous) - lost;
      const next = area + term;
      lost = next - area - term;
      area = next;
    }
    apart = Math.abs(seen * m - seenToo * n);
    if (apart > largest) largest = apart;
    if (seen + seenToo > before + 1) ties = true;
    previous = value;
  }
  return { n, m, largest, area: area / n / m, ties };
}
