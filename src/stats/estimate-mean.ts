import { meanOf } from './compensated-sum.ts';
import type { Estimate } from './estimate.ts';
import type { Interval } from './interval.ts';
import { meanInterval } from './mean-interval.ts';

/** The values that count in full, and how the method names their bound: `10 nats`. */
export interface ValueBound {
  range: Interval;
  name: string;
}

/**
 * Mean of n values with an interval of the mean of the values clipped to `range`. Where some are clipped, the method says
 * how many, and the interval reaches to the mean itself.
 */
export function estimateBoundedMean(
  values: Float64Array,
  { range, name }: ValueBound,
  intervalOf: typeof meanInterval = meanInterval,
): Estimate {
  const value = meanOf(values.length, (row) => values[row] ?? NaN);
  const clipped = values.map((each) => Math.min(Math.max(each, range.low), range.high));
  let changed = 0;
  for (let row = 0; row < values.length; row++) if (clipped[row] !== values[row]) changed++;
  const { interval, method } = intervalOf(clipped, range);
  const note = changed === 0 ? '' : `, ${changed} ${changed === 1 ? 'row' : 'rows'} clipped at ${name}`;
  return {
    value,
    n: values.length,
    interval: { low: Math.min(interval.low, value), high: Math.max(interval.high, value) },
    method: `${method}${note}`,
  };
}
