import { BETS, growth, type BetShare } from './capital.ts';
import { normalQuantile } from './distributions.ts';
import type { Interval } from './interval.ts';
import { ONE_SIDED } from './interval.ts';
import type { Stakes } from './stakes.ts';

/** Chance of a pass at the rows needed, if the present estimate is the truth. */
export const POWER = 0.8;

/**
 * Multiple of the units at hand at which an interval of ± z·error passes with 80 % power: ((z₀.₉₅ + z₀.₈)·error ÷ gap)².
 * `gap` = margin − estimated loss; `undefined` where it is not above 0: no number of rows would.
 */
export function growthByError(gap: number, error: number): number | undefined {
  if (!(gap > 0 && Number.isFinite(error))) return undefined;
  return (((normalQuantile(ONE_SIDED) + normalQuantile(POWER)) * error) / gap) ** 2;
}

/** The same for a value whose interval still reaches over a limit: `side` is the end that must clear it. */
export function growthByInterval(
  value: number,
  limit: number,
  { interval, side }: { interval: Interval; side: 'low' | 'high' },
): number | undefined {
  const error = Math.abs(value - interval[side]) / normalQuantile(ONE_SIDED);
  return growthByError(side === 'low' ? value - limit : limit - value, error);
}

/**
 * Units at which bets against "the mean is at most `mean`" win with 80 % power when units like these go on coming:
 * the smallest n with n·g − z₀.₈·s·√n ≥ log(20 ÷ share) over the bets, g and s being the mean and the standard deviation of a
 * unit's log growth. `undefined` where no bet grows.
 */
export function unitsByBetting(
  stakes: Stakes,
  mean: number,
  bets: readonly BetShare[] = BETS,
): number | undefined {
  const z = normalQuantile(POWER);
  const needed = bets.flatMap(({ fraction, share }) => {
    const { mean: gain, variance } = growth(stakes, { fraction, mean });
    if (!(gain > 0)) return [];
    const target = -Math.log((1 - ONE_SIDED) * share);
    const root = (z * Math.sqrt(variance) + Math.sqrt(z * z * variance + 4 * gain * target)) / (2 * gain);
    return [root * root];
  });
  return needed.length === 0 ? undefined : Math.min(...needed);
}

/** The smaller of two numbers of units, where `undefined` is none at all. */
export function fewest(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

/**
 * Rows in all that would probably settle a hold: more than the `n` at hand, rounded up. `undefined` where no number would, or
 * more than 10⁹.
 */
export function rowsNeeded(n: number, growthNeeded: number | undefined): number | undefined {
  if (growthNeeded === undefined) return undefined;
  const rows = Math.max(n + 1, Math.ceil(n * growthNeeded));
  return rows <= 1e9 ? rows : undefined;
}
