import { KnownGoodError } from '../../core/errors.ts';
import type { Column, NumberColumn, StringColumn } from '../../core/table.ts';
import { lowerIndex } from '../sorted-search.ts';
import { binCount, type BinPlan } from './bin-plan.ts';

/** How many rows of one side fall where; every row is in exactly one place. */
export interface BinCounts {
  /** One count a bin of the plan, in its order. */
  bins: ArrayLike<number>;
  /** Numbers or texts that a discrete or categorical plan does not have; 0 for a numeric plan. */
  unseen: number;
  /** NaN, ∞ and −∞; 0 for texts. */
  nonFinite: number;
  /** Empty cells. */
  missing: number;
}

/**
 * Counts the rows of a column in the bins of a plan. The plan must be for the column's type, and a number column's
 * `missing` at most its NaNs; anything else is an `internal` error.
 */
export function countBins(plan: BinPlan, column: Column): BinCounts {
  if (column.type === 'string') return countTexts(plan, column);
  return plan.kind === 'categorical' ? mismatch(plan, column) : countNumbers(plan, column);
}

/** All rows counted, those without a usable value too. */
export function rowsOf({ bins, unseen, nonFinite, missing }: BinCounts): number {
  let rows = unseen + nonFinite + missing;
  for (let bin = 0; bin < bins.length; bin++) rows += bins[bin] as number;
  return rows;
}

function countNumbers(plan: Exclude<BinPlan, { kind: 'categorical' }>, column: NumberColumn): BinCounts {
  const bins = new Float64Array(binCount(plan));
  const cuts = plan.kind === 'numeric' ? plan.edges : plan.values;
  let [unseen, nonFinite] = [0, 0];
  for (const value of column.values) {
    if (!Number.isFinite(value)) nonFinite++;
    else {
      const bin = lowerIndex(cuts, value);
      if (plan.kind === 'numeric' || cuts[bin] === value) bins[bin] = (bins[bin] as number) + 1;
      else unseen++;
    }
  }
  if (!(column.missing >= 0 && column.missing <= nonFinite)) {
    const message = `A column of ${nonFinite} values that are no finite number was said to miss ${column.missing}.`;
    throw new KnownGoodError('internal', message);
  }
  return { bins, unseen, nonFinite: nonFinite - column.missing, missing: column.missing };
}

function countTexts(plan: BinPlan, column: StringColumn): BinCounts {
  if (plan.kind !== 'categorical') return mismatch(plan, column);
  const bins = new Float64Array(plan.categories.length);
  const binOf = new Map(plan.categories.map((category, bin) => [category, bin]));
  let [unseen, missing] = [0, 0];
  for (const text of column.values) {
    const bin = binOf.get(text);
    if (text === '') missing++;
    else if (bin === undefined) unseen++;
    else bins[bin] = (bins[bin] as number) + 1;
  }
  return { bins, unseen, nonFinite: 0, missing };
}

function mismatch(plan: BinPlan, column: Column): never {
  throw new KnownGoodError('internal', `A ${column.type} column was to be counted in ${plan.kind} bins.`);
}
