import { KnownGoodError } from '../../core/errors.ts';
import { nextBelow } from './next-below.ts';

/**
 * The bins that both sides of a drift measure are counted in, made from the reference alone.
 * - `numeric`: k ascending edges make k + 1 bins, open below and closed above: (−∞, e₁], (e₁, e₂], …, (eₖ, ∞).
 * - `discrete`: each of the ascending numbers is a bin.
 * - `categorical`: each of the texts is a bin.
 * Missing, non-finite and unseen values have bins of their own beside these, see `BinCounts`.
 */
export type BinPlan =
  | { kind: 'numeric'; edges: Float64Array }
  | { kind: 'discrete'; values: Float64Array }
  | { kind: 'categorical'; categories: readonly string[] };

/** A reference with at most so many distinct finite numbers is discrete. */
export const MOST_DISCRETE_VALUES = 20;

/** The probabilities at which the finite numbers of a reference are cut (quantiles of type 7). */
export const CUTS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** What a plan is made of: finite numbers in any order, repeats allowed; non-empty texts. */
export type BinPlanRequest =
  | { kind: 'numeric'; quantiles: Iterable<number> }
  | { kind: 'discrete'; values: Iterable<number> }
  | { kind: 'categorical'; categories: Iterable<string> };

/**
 * The plan for a reference's quantiles at `CUTS`, its distinct numbers or its distinct texts, sorted (texts by code unit).
 * Equal quantiles are merged; as such a value is at least a tenth of the reference, it also gets a bin of its own, or a reference
 * that is 95 % ones would be one bin up to 1, and values that leave 1 downwards would stay in it. Nothing gives a plan without
 * bins, in which everything is unseen. NaN is an `internal` error.
 */
export function planBins(request: BinPlanRequest): BinPlan {
  switch (request.kind) {
    case 'numeric':
      return { kind: 'numeric', edges: ascending(withLumps(ascending(request.quantiles))) };
    case 'discrete':
      return { kind: 'discrete', values: ascending(new Set(request.values)) };
    case 'categorical':
      return { kind: 'categorical', categories: [...new Set(request.categories)].sort() };
  }
}

/** Number of bins of a plan, without those for missing, non-finite and unseen values. */
export function binCount(plan: BinPlan): number {
  switch (plan.kind) {
    case 'numeric':
      return plan.edges.length + 1;
    case 'discrete':
      return plan.values.length;
    case 'categorical':
      return plan.categories.length;
  }
}

function ascending(values: Iterable<number>): Float64Array {
  const sorted = Float64Array.from(values).sort();
  if (sorted.some(Number.isNaN)) throw new KnownGoodError('internal', 'Bins cannot be cut at NaN.');
  return sorted;
}

function withLumps(quantiles: Float64Array): Set<number> {
  const repeated = quantiles.filter((value, i) => value === quantiles[i - 1]);
  return new Set([...quantiles, ...Array.from(repeated, nextBelow)]);
}
