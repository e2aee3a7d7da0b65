import { KnownGoodError } from '../../core/errors.ts';
import { rowsOf, type BinCounts } from './bin-counts.ts';

/** The counts of both sides in the B bins that are not empty on both; places for unseen, non-finite and missing values are bins. */
export interface BinTable {
  /** B counts, n in total. */
  reference: Float64Array;
  /** B counts, m in total. */
  current: Float64Array;
  n: number;
  m: number;
  /** Which of the B bins holds the unseen values, if it is among them. */
  unseen: number | undefined;
}

/** Sets the counts of both sides beside each other. Counts of different plans, or that are no numbers from 0 on, are an `internal` error. */
export function binTable(reference: BinCounts, current: BinCounts): BinTable {
  const [a, b] = [flat(reference), flat(current)];
  if (a.length !== b.length || a.some(isNoCount) || b.some(isNoCount)) {
    throw new KnownGoodError('internal', `Not counts of one plan: ${a.length} and ${b.length} bins.`);
  }
  const filled = (_: number, bin: number): boolean => a[bin] !== 0 || b[bin] !== 0;
  const unseen = filled(0, a.length - 1) ? a.filter(filled).length - 1 : undefined;
  return {
    reference: a.filter(filled),
    current: b.filter(filled),
    n: rowsOf(reference),
    m: rowsOf(current),
    unseen,
  };
}

function flat({ bins, unseen, nonFinite, missing }: BinCounts): Float64Array {
  const all = new Float64Array(bins.length + 3);
  all.set(bins);
  all.set([nonFinite, missing, unseen], bins.length);
  return all;
}

function isNoCount(count: number): boolean {
  return !(count >= 0 && Number.isFinite(count));
}
