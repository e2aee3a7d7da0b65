import type { Interval } from '../interval.ts';
import { betOnStakes } from './bet-on-stakes.ts';
import { betsFor, DEFAULT_PLANNED } from './bets.ts';

/** On how many of n rows only one of two models does something, such as fail. */
export interface Discordant {
  championOnly: number;
  challengerOnly: number;
  n: number;
  /** Rows that looks are planned for, fixed before the first; 10,000 when absent. */
  planned?: number;
}

/**
 * Bounds of the challenger's share minus the champion's on the same rows, in [−1, 1], each one-sided at 95 % over all looks together.
 * The same as the bounds of a loss in accuracy, from counts alone.
 */
export function shareDifferenceAtEveryLook({
  championOnly,
  challengerOnly,
  n,
  planned = DEFAULT_PLANNED,
}: Discordant): Interval {
  const points = [
    { total: 0, count: championOnly },
    { total: 0.5, count: n - championOnly - challengerOnly },
    { total: 1, count: challengerOnly },
  ].filter(({ count }) => count > 0);
  const stakes = {
    totals: Float64Array.from(points, ({ total }) => total),
    weights: undefined,
    counts: Float64Array.from(points, ({ count }) => count),
  };
  return betOnStakes(stakes, { low: -1, high: 1 }, betsFor(planned));
}
