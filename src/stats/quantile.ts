import { binomialCdf } from './distributions.ts';
import { ONE_SIDED } from './interval.ts';

/**
 * Quantile of `sorted` (ascending) at p in [0, 1], by linear interpolation between order statistics
 * (type 7 of Hyndman & Fan 1996, the default of numpy and R). NaN for no values.
 */
export function quantile(sorted: Float64Array, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return position === below ? low : low + (high - low) * (position - below);
}

/** One-sided bounds of a quantile; a side that n is too small for is `undefined`, which proves nothing. */
export interface QuantileInterval {
  low: number | undefined;
  high: number | undefined;
}

/**
 * Distribution-free bounds of the quantile at p in (0, 1): the tightest order statistics of `sorted` (ascending) whose one-sided
 * confidence is at least `oneSided`, from the exact binomial (Hahn & Meeker 1991, §5.2). The upper side needs
 * pⁿ ≤ 1 − oneSided: 59 rows for p95, 299 for p99.
 */
export function quantileInterval(
  sorted: Float64Array,
  p: number,
  oneSided: number = ONE_SIDED,
): QuantileInterval {
  const { low, high } = quantileRanks(sorted.length, p, oneSided);
  return {
    low: low === undefined ? undefined : sorted[low - 1],
    high: high === undefined ? undefined : sorted[high - 1],
  };
}

/** Ranks (1 = smallest of n values) of the order statistics that bound the quantile at p in (0, 1), each side at `oneSided`; see `quantileInterval`. */
export function quantileRanks(n: number, p: number, oneSided: number = ONE_SIDED): QuantileInterval {
  const lowRank = countRanks(n, (rank) => binomialCdf(rank - 1, n, p) <= 1 - oneSided + ROUNDING);
  const highRank = countRanks(n, (rank) => binomialCdf(rank - 1, n, p) < oneSided - ROUNDING) + 1;
  return { low: lowRank === 0 ? undefined : lowRank, high: highRank > n ? undefined : highRank };
}

/** At n = 1 and p = oneSided the confidence is exactly the nominal one; rounding must not decide. */
const ROUNDING = 1e-12;

/** How many of the ranks 1 … n fulfil a condition that, once broken, stays broken. */
function countRanks(n: number, holds: (rank: number) => boolean): number {
  let [known, broken] = [0, n + 1];
  while (broken - known > 1) {
    const middle = Math.floor((known + broken) / 2);
    if (holds(middle)) known = middle;
    else broken = middle;
  }
  return known;
}
