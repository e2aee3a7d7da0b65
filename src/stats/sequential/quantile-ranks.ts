import { ONE_SIDED } from '../interval.ts';
import { DEFAULT_PLANNED } from './bets.ts';
import { shareCapital } from './share-capital.ts';

/** A quantile of n values, and how its bounds are to be. */
export interface QuantileSeen {
  n: number;
  /** In (0, 1): 0.95 for p95. */
  fraction: number;
  /** Values at which the bounds are tightest, fixed before the first look; 10,000 when absent. */
  planned?: number;
  /** Confidence of each end at all looks together; 0.95 when absent. */
  confidence?: number;
}

/** Ranks of order statistics, 1 … n, 1 being the smallest value. */
export interface Ranks {
  low: number;
  high: number;
}

/**
 * Ranks of the two of n independent values that bound a quantile, each end at the given confidence over all looks together, however the values
 * are spread and tied; `undefined` where n is too small for both. At 95 %: from 11 values on for p50, 105 for p95, 455 for p99.
 * The share of values up to the quantile is at least `fraction`, that below it at most: counts that the bounds of a share exclude bound the rank.
 */
export function quantileRanksAtEveryLook(seen: QuantileSeen): Ranks | undefined {
  const { n, fraction } = seen;
  const low = ranksThat(n, (rank) => disproves(seen, { count: n - rank + 1, share: 1 - fraction }));
  const high = 1 + ranksThat(n, (rank) => !disproves(seen, { count: rank, share: fraction }));
  return low < 1 || high > n ? undefined : { low, high };
}

/** Whether `count` of n rows disprove that the share is at most `share`. */
function disproves(
  { n, planned = DEFAULT_PLANNED, confidence = ONE_SIDED }: QuantileSeen,
  { count, share }: { count: number; share: number },
): boolean {
  return shareCapital(share, { count, n, planned }) >= -Math.log(1 - confidence);
}

/** How many of the ranks 1 … n fulfil a condition that, once broken, stays broken. */
function ranksThat(n: number, holds: (rank: number) => boolean): number {
  let [known, broken] = [0, n + 1];
  while (broken - known > 1) {
    const middle = Math.floor((known + broken) / 2);
    if (holds(middle)) known = middle;
    else broken = middle;
  }
  return known;
}
