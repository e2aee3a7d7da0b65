import type { Interval } from '../interval.ts';

/** Confidence that each end of two intervals needs for their ratio to be one-sided at 95 %. */
export const FOR_RATIO = 0.975;

/**
 * Interval of the challenger's value over the champion's, both 0 or more, from an interval of each: the ends miss at most as often as
 * the two they are made of together. From 0 where nothing more is known, to Infinity where the champion may be 0.
 */
export function ratioInterval(challenger: Interval, champion: Interval): Interval {
  return {
    low: champion.high > 0 ? challenger.low / champion.high : 0,
    high: champion.low > 0 ? challenger.high / champion.low : Infinity,
  };
}
