import { normalQuantile } from './distributions.ts';
import { type Interval, ONE_SIDED } from './interval.ts';

/**
 * Wilson score bounds (1927) of a share, `successes` of `n`, each one-sided at `oneSided`; ends in [0, 1]. Undefined for n = 0.
 * To be shown, not to decide: at 0.95 the lower bound lies above the true share up to 6.7 % of the time for shares near 1 (7.9 % at n = 20)
 * and 20 % near 0, at every n; the upper bound likewise. `clopperPearson` keeps its level.
 */
export function wilson(successes: number, n: number, oneSided: number = ONE_SIDED): Interval | undefined {
  if (!(n > 0)) return undefined;
  const z = normalQuantile(oneSided);
  const share = successes / n;
  const centre = (successes + (z * z) / 2) / (n + z * z);
  const half = ((z * Math.sqrt(n)) / (n + z * z)) * Math.sqrt(share * (1 - share) + (z * z) / (4 * n));
  return {
    low: successes === 0 ? 0 : centre - half,
    high: successes === n ? 1 : centre + half,
  };
}
