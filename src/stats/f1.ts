import type { Confusion } from './confusion.ts';

/**
 * Harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN), in [0, 1].
 * NaN (not 0) when no row is positive and none was decided so.
 */
export function f1({ truePositives, falsePositives, falseNegatives }: Confusion): number {
  return (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
}
