import type { Range } from '../betting.ts';
import { largestDisproved, logCapital, type BetShare } from '../capital.ts';
import { type Interval, ONE_SIDED } from '../interval.ts';
import { mirroredStakes, type Stakes } from '../stakes.ts';

/**
 * Both one-sided 95 % bounds of the mean in `range` of rows given as stakes: what the bets cannot disprove. Each holds at all looks together
 * with probability 0.95 or more, however the rows are spread (Ville's inequality), for the bets stay the same from look to look.
 */
export function betOnStakes(stakes: Stakes, range: Range, bets: readonly BetShare[]): Interval {
  const width = range.high - range.low;
  const bound = (side: Stakes): number =>
    largestDisproved((mean) => logCapital([side], mean, bets) + Math.log(1 - ONE_SIDED));
  return { low: range.low + width * bound(stakes), high: range.high - width * bound(mirroredStakes(stakes)) };
}

/** p-value of "the mean, in [0, 1], is at most `mean`": 1 over the capital, at most 1; valid at every look. */
export function pValueAtEveryLook(stakes: Stakes, mean: number, bets: readonly BetShare[]): number {
  return mean < 0 ? 0 : Math.min(1, Math.exp(-logCapital([stakes], mean, bets)));
}
