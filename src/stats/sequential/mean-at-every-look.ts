import type { Range } from '../betting.ts';
import { logCapital, type BetShare } from '../capital.ts';
import { type Interval, ONE_SIDED } from '../interval.ts';
import type { LossBound } from '../loss-bound.ts';
import { unitsByBetting } from '../rows-needed.ts';
import { mirroredStakes, type Stakes } from '../stakes.ts';
import { betOnStakes, pValueAtEveryLook } from './bet-on-stakes.ts';
import { betsFor } from './bets.ts';
import { condensedStakes } from './condensed-stakes.ts';

const METHOD = 'betting, valid at every look';

/** Losses of n independent rows in [−range, range]. */
export interface RowLosses {
  losses: Float64Array;
  range: number;
}

/** Bounds of a mean loss that hold at all looks together, for any losses in the range and any number of rows. */
export function meanLossAtEveryLook(
  { losses, range }: RowLosses,
  { margin, planned }: { margin: number; planned: number },
): LossBound {
  const span: Range = { low: -range, high: range };
  const stakes = condensedStakes(losses, span);
  const bets = betsFor(planned);
  const target = (range - margin) / (2 * range);
  const units = target > 0 ? unitsByBetting(mirroredStakes(stakes), target, bets) : undefined;
  return {
    interval: betOnStakes(stakes, span, bets),
    method: METHOD,
    pHarm: pValueAtEveryLook(stakes, (margin + range) / (2 * range), bets),
    growthNeeded: units === undefined ? undefined : units / losses.length,
    noVariance: stakes.totals.length === 1 && stakes.totals[0] === 0.5,
    tooFew: margin > 0 && !provedByAgreement(losses.length, target, bets),
  };
}

/** Bounds of the mean of n independent values in `range` that hold at all looks together; the whole range when there are none. */
export function meanAtEveryLook(
  values: Float64Array,
  range: Range,
  planned: number,
): { interval: Interval; method: string } {
  return { interval: betOnStakes(condensedStakes(values, range), range, betsFor(planned)), method: METHOD };
}

/** Whether n rows without any difference would prove the loss to be within the margin. */
function provedByAgreement(n: number, target: number, bets: readonly BetShare[]): boolean {
  const alike: Stakes = { totals: Float64Array.of(0.5), weights: undefined, counts: Float64Array.of(n) };
  return target <= 0 || logCapital([alike], target, bets) >= -Math.log(1 - ONE_SIDED);
}
