import type { Confusion } from './confusion.ts';

/** Matthews correlation of labels and decisions, in [−1, 1]; NaN (not 0) when labels or decisions are all the same. */
export function mcc(counts: Confusion): number {
  const { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn } = counts;
  const spread = Math.sqrt((tp + fp) * (tp + fn)) * Math.sqrt((tn + fp) * (tn + fn));
  return (tp * tn - fp * fn) / spread;
}
