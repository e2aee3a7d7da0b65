import type { RegressionSample } from '../core/task.ts';
import { meanOf } from './compensated-sum.ts';

/** |prediction − label| of each row, in units of the label: n values ≥ 0. */
export function absoluteErrors({ labels, predictions }: RegressionSample): Float64Array {
  return labels.map((label, row) => Math.abs((predictions[row] ?? NaN) - label));
}

/** Mean absolute error in units of the label, ≥ 0; NaN for no rows. */
export function mae({ labels, predictions }: RegressionSample): number {
  return meanOf(labels.length, (row) => Math.abs((predictions[row] ?? NaN) - (labels[row] ?? NaN)));
}
