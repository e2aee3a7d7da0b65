import { largestDisproved } from '../capital.ts';
import { type Interval, ONE_SIDED } from '../interval.ts';
import { DEFAULT_PLANNED } from './bets.ts';
import { shareCapital } from './share-capital.ts';

/** A share of rows, and how its bounds are to be. */
export interface ShareSeen {
  /** Rows that count, 0 … n. */
  count: number;
  n: number;
  /** Rows at which the bounds are tightest, fixed before the first look; 10,000 when absent. */
  planned?: number;
  /** Confidence of each end at all looks together; 0.95 when absent. */
  confidence?: number;
}

/**
 * Bounds of a share, `count` of n independent rows, each of which holds at all looks together with the given confidence, for every
 * share and every n; ends in [0, 1], all of it for n = 0. Takes the same time for ten million rows as for ten.
 */
export function shareAtEveryLook(seen: ShareSeen): Interval {
  const { count, n } = seen;
  return { low: lowerBound(seen), high: 1 - lowerBound({ ...seen, count: n - count }) };
}

/** Bets that have lost everything still have to tell the search for the bound where to go. */
const LEAST_LOG = -1000;

function lowerBound({ count, n, planned = DEFAULT_PLANNED, confidence = ONE_SIDED }: ShareSeen): number {
  if (count === 0) return 0;
  return largestDisproved((share) => {
    if (share <= 0) return Infinity;
    if (share >= 1) return LEAST_LOG;
    return Math.max(LEAST_LOG, shareCapital(share, { count, n, planned }) + Math.log(1 - confidence));
  });
}
