import type { RegressionSample } from '../core/task.ts';
import { meanOf } from './compensated-sum.ts';

/** Root of the mean squared error in units of the label, ≥ 0; NaN for no rows. */
export function rmse({ labels, predictions }: RegressionSample): number {
  return Math.sqrt(meanOf(labels.length, (row) => ((predictions[row] ?? NaN) - (labels[row] ?? NaN)) ** 2));
}
