import { KnownGoodError } from '../core/errors.ts';
import { capitalBound, logCapital } from './capital.ts';
import { mirroredStakes, stakesOf, type Stakes } from './stakes.ts';
import type { Interval } from './interval.ts';

/** The smallest and the largest value that can occur, known before the data. */
export interface Range {
  low: number;
  high: number;
}

/**
 * Both one-sided bounds, each at 1 − `alpha`, of the mean of independent values in `range`: the means that the bets cannot
 * disprove, valid at every n and at every look, and independent of the order of the values. The whole range when there are no values.
 * Rounded outwards by less than 1e-9 of the range. A value outside the range is an `internal` error.
 */
export function bettingInterval(values: Float64Array, range: Range, alpha: number): Interval {
  return boundsOf([scaledStakes(values, range)], range, alpha);
}

/**
 * p-value of "the mean is at most `mean`" for independent units, scaled already, in one or more arrangements: 1 over the capital of a
 * gambler who spreads it over a fixed table of constant bets, at most 1. Valid at every n and at every look (Ville's inequality).
 * Source: Waudby-Smith & Ramdas 2024, "Estimating means of bounded random variables by betting", §B.6 (dKelly).
 */
export function pValueOf(arrangements: readonly Stakes[], range: Range, mean: number): number {
  if (mean < range.low) return 0;
  const scaled = (mean - range.low) / (range.high - range.low);
  return Math.min(1, Math.exp(-logCapital(arrangements, scaled)));
}

/** `bettingInterval` for units that are scaled already, in one or more arrangements. */
export function boundsOf(arrangements: readonly Stakes[], range: Range, alpha: number): Interval {
  const width = range.high - range.low;
  return {
    low: range.low + width * capitalBound(arrangements, alpha),
    high: range.high - width * capitalBound(arrangements.map(mirroredStakes), alpha),
  };
}

/** Single values scaled from `range` to [0, 1]; one outside is an `internal` error. */
export function scaledStakes(values: Float64Array, range: Range): Stakes {
  const width = range.high - range.low;
  const scaled = values.map((value) => (value - range.low) / width);
  if (!(width > 0) || scaled.some((value) => !(value >= 0 && value <= 1))) {
    throw new KnownGoodError('internal', `Values outside their range [${range.low}, ${range.high}].`);
  }
  return stakesOf(scaled);
}
