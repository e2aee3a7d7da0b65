import { bettingInterval, type Range } from './betting.ts';
import { closedForm, type ClosedForm } from './closed-form.ts';
import { momentsOfMean } from './delong.ts';
import { ONE_SIDED, type Interval } from './interval.ts';

/** Means of fewer rows are left to the bets. */
export const FEWEST_ROWS = 1000;

/** How an interval of a mean was made, where the closed form decides. */
export const CLOSED_FORM = 't with skewness correction';

/**
 * Both one-sided 95 % bounds of the mean of independent values in `range`, and how they were made: betting, or for 1,000
 * rows and more with enough spread Student's t with Hall's correction for skewness. The whole range when there are no values.
 * A value outside the range is an `internal` error.
 */
export function meanInterval(values: Float64Array, range: Range): { interval: Interval; method: string } {
  const bounds = closedFormOf(values, range)?.interval;
  if (bounds === undefined) {
    return { interval: bettingInterval(values, range, 1 - ONE_SIDED), method: 'betting' };
  }
  const interval = { low: Math.max(range.low, bounds.low), high: Math.min(range.high, bounds.high) };
  return { interval, method: CLOSED_FORM };
}

function closedFormOf(values: Float64Array, range: Range): ClosedForm | undefined {
  const n = values.length;
  if (n < FEWEST_ROWS || values.some((value) => !(value >= range.low && value <= range.high)))
    return undefined;
  const { mean, variance, third } = momentsOfMean(values);
  const step = Math.max(range.high - mean, mean - range.low) / n;
  return closedForm({ value: mean, variance, third, step, n });
}
