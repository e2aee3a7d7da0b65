import type { RegressionSample } from '../core/task.ts';
import { absoluteErrors } from './mae.ts';
import { quantile } from './quantile.ts';

/** Median absolute error in units of the label, ≥ 0; NaN for no rows. */
export function medianError(sample: RegressionSample): number {
  return quantile(absoluteErrors(sample).sort(), 0.5);
}
