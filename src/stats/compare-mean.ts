import { boundsOf, pValueOf, scaledStakes, type Range } from './betting.ts';
import { closedForm, FEWEST_STEPS, type ClosedForm } from './closed-form.ts';
import type { Clusters } from './clusters.ts';
import { sumsByCluster } from './clusters.ts';
import { momentsOfMean } from './delong.ts';
import { ONE_SIDED } from './interval.ts';
import type { LossBound } from './loss-bound.ts';
import { CLOSED_FORM, FEWEST_ROWS } from './mean-interval.ts';
import { fewest, growthByError, unitsByBetting } from './rows-needed.ts';
import { mirroredStakes, type Stakes } from './stakes.ts';

/** Independent units of a mean loss: rows, or clusters scaled by the most rows that one is taken to have. */
export interface LossUnits {
  /** Sum of the losses of each unit over the most rows of a unit. */
  totals: Float64Array;
  /** Rows of each unit over the most rows of a unit; `undefined`: all 1. */
  weights: Float64Array | undefined;
  /** The largest loss that one row can show. */
  range: number;
}

/** Rows as they are, or summed over their clusters: the mean loss stays Σ totals ÷ Σ weights. */
export function lossUnits(losses: Float64Array, range: number, clusters: Clusters | undefined): LossUnits {
  if (clusters === undefined) return { totals: losses, weights: undefined, range };
  const largest = mostRows(clusters.sizes);
  const sums = sumsByCluster(clusters.indexOf, (row) => losses[row] ?? NaN, clusters.count);
  return {
    totals: sums.map((sum) => sum / largest),
    weights: clusters.sizes.map((size) => size / largest),
    range,
  };
}

/**
 * The most rows that an entity is taken to have: where sizes differ, twice the most seen, since larger ones are yet to come; where all
 * are alike, as many as seen.
 */
function mostRows(sizes: Float64Array): number {
  const most = sizes.reduce((largest, size) => Math.max(largest, size), 1);
  return sizes.every((size) => size === most) ? most : 2 * most;
}

/**
 * Bounds of a mean loss: the closed form from 1,000 units on where it keeps its error rate, else betting; where no unit shows any
 * difference, the exact bound of the share of units that differ, 1 − α^(1/n).
 */
export function compareMean(units: LossUnits, margin: number): LossBound {
  if (units.weights === undefined && units.totals.every((loss) => loss === 0)) {
    return agreementBound({ n: units.totals.length, range: units.range, margin });
  }
  const moments = unitMoments(units);
  const closed = units.totals.length >= FEWEST_ROWS ? closedForm(moments) : undefined;
  return closed === undefined ? betOnMean(units, margin) : byClosedForm(closed, moments, { units, margin });
}

/** Bounds of a mean loss by betting alone. */
function betOnMean(units: LossUnits, margin: number): LossBound {
  return betOn([unitStakes(units)], units.range, {
    margin,
    alternative: growthByClosedForm(unitMoments(units), margin),
  });
}

/** Bounds by betting on one or more arrangements of the same units, whose losses lie in [−range, range]. */
export function betOn(
  arrangements: readonly Stakes[],
  range: number,
  { margin, alternative }: { margin: number; alternative: number | undefined },
): LossBound {
  const span: Range = { low: -range, high: range };
  const first = mirroredStakes(arrangements[0] as Stakes);
  const n = first.counts?.reduce((sum, count) => sum + count, 0) ?? first.totals.length;
  const target = (range - margin) / (2 * range);
  const units = target > 0 ? unitsByBetting(first, target) : undefined;
  return {
    interval: boundsOf(arrangements, span, 1 - ONE_SIDED),
    method: 'betting',
    pHarm: pValueOf(arrangements, span, margin),
    growthNeeded: fewest(units === undefined ? undefined : units / n, alternative),
    noVariance: false,
    tooFew: margin > 0 && n < agreementUnits(margin, range),
  };
}

/** Bounds where none of n units shows a difference: at most 1 − α^(1/n) of them differ, each by at most `range`. */
export function agreementBound({
  n,
  range,
  margin,
}: {
  n: number;
  range: number;
  margin: number;
}): LossBound {
  const most = -range * Math.expm1(Math.log(1 - ONE_SIDED) / n);
  return {
    interval: { low: -most, high: most },
    method: 'agreement',
    pHarm: 1,
    growthNeeded: margin > 0 ? agreementUnits(margin, range) / n : undefined,
    noVariance: true,
    tooFew: false,
  };
}

/** Units without any difference that prove a loss within the margin: α = (1 − margin/range)^n. 0 for a margin beyond the range. */
export function agreementUnits(margin: number, range: number): number {
  return margin < range ? Math.log(1 - ONE_SIDED) / Math.log1p(-margin / range) : 0;
}

interface UnitMoments {
  value: number;
  variance: number;
  third: number;
  step: number;
  n: number;
}

/** Ratio estimate Σt/Σw with the moments of its linearised error; with equal weights the plain mean. */
function unitMoments({ totals, weights, range }: LossUnits): UnitMoments {
  const n = totals.length;
  const mean = momentsOfMean(totals).mean;
  const meanWeight = weights === undefined ? 1 : momentsOfMean(weights).mean;
  const value = mean / meanWeight;
  const residuals = totals.map((total, i) => (total - value * (weights?.[i] ?? 1)) / meanWeight);
  const { variance, third } = momentsOfMean(residuals);
  return { value, variance, third, step: (range + Math.abs(value)) / (n * meanWeight), n };
}

function byClosedForm(
  closed: ClosedForm,
  moments: UnitMoments,
  { units, margin }: { units: LossUnits; margin: number },
): LossBound {
  const { low, high } = closed.interval;
  return {
    interval: { low: Math.max(-units.range, low), high: Math.min(units.range, high) },
    method: CLOSED_FORM,
    pHarm: closed.pValue(margin),
    growthNeeded: growthByClosedForm(moments, margin),
    noVariance: false,
    tooFew: false,
  };
}

/** Multiple of the units at which the closed form decides and passes. */
function growthByClosedForm({ value, variance, step, n }: UnitMoments, margin: number): number | undefined {
  const growth = growthByError(margin - value, Math.sqrt(variance));
  if (growth === undefined) return undefined;
  return Math.max(growth, FEWEST_ROWS / n, (FEWEST_STEPS * step * step) / variance);
}

function unitStakes({ totals, weights, range }: LossUnits): Stakes {
  if (weights === undefined) return scaledStakes(totals, { low: -range, high: range });
  const shifted = totals.map((total, i) => (total + range * (weights[i] as number)) / (2 * range));
  return { totals: shifted, weights, counts: undefined };
}
