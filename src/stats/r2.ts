import type { RegressionSample } from '../core/task.ts';
import { meanOf, sumOf } from './compensated-sum.ts';

/**
 * Coefficient of determination, 1 − residual / total sum of squares about the mean of these labels; at most 1, negative when worse
 * than that mean. NaN (not 0 or 1) when all labels are equal, or for no rows.
 */
export function r2({ labels, predictions }: RegressionSample): number {
  const first = labels[0] ?? NaN;
  if (labels.every((label) => label === first)) return NaN;
  const mean = meanOf(labels.length, (row) => labels[row] ?? NaN);
  const total = sumOf(labels.length, (row) => ((labels[row] ?? NaN) - mean) ** 2);
  const residual = sumOf(labels.length, (row) => ((predictions[row] ?? NaN) - (labels[row] ?? NaN)) ** 2);
  return 1 - residual / total;
}
