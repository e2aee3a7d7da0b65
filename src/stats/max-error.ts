import type { RegressionSample } from '../core/task.ts';

/** Largest absolute error in units of the label, ≥ 0; NaN for no rows, or if any error is NaN. */
export function maxError({ labels, predictions }: RegressionSample): number {
  if (labels.length === 0) return NaN;
  let largest = 0;
  for (let row = 0; row < labels.length; row++) {
    largest = Math.max(largest, Math.abs((predictions[row] ?? NaN) - (labels[row] ?? NaN)));
  }
  return largest;
}
