import type { RegressionSample } from '../core/task.ts';
import { meanOf } from './compensated-sum.ts';

/** Mean of prediction − label in units of the label: positive where the model predicts too much; NaN for no rows. */
export function bias({ labels, predictions }: RegressionSample): number {
  return meanOf(labels.length, (row) => (predictions[row] ?? NaN) - (labels[row] ?? NaN));
}
