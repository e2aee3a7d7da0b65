import { betaQuantile } from './distributions.ts';
import { type Interval, ONE_SIDED } from './interval.ts';

/**
 * Exact bounds (Clopper & Pearson 1934) of a share, `successes` of `n`, each one-sided at no less than `oneSided` for every n
 * and every true share; ends in [0, 1]. Undefined for n = 0.
 */
export function clopperPearson(
  successes: number,
  n: number,
  oneSided: number = ONE_SIDED,
): Interval | undefined {
  if (!(n > 0)) return undefined;
  return {
    low: successes === 0 ? 0 : betaQuantile(1 - oneSided, successes, n - successes + 1),
    high: successes === n ? 1 : betaQuantile(oneSided, successes + 1, n - successes),
  };
}
