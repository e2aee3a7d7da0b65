import type { Column } from '../../core/table.ts';
import { CUTS, MOST_DISCRETE_VALUES, planBins, type BinPlan } from './bin-plan.ts';
import { fewDistinct, quantileOfSorted, type SortedValues } from './sorted-values.ts';

/** The plan for numbers, the finite values of a reference in order: at most 20 distinct ones are discrete, more are cut at ten quantiles. */
export function planNumbers(reference: SortedValues): BinPlan {
  const values = fewDistinct(reference, MOST_DISCRETE_VALUES);
  if (values !== undefined) return planBins({ kind: 'discrete', values });
  return planBins({ kind: 'numeric', quantiles: CUTS.map((p) => quantileOfSorted(reference, p)) });
}

/** The plan for texts: each one that is not empty is a category. */
export function planTexts(reference: Extract<Column, { type: 'string' }>): BinPlan {
  return planBins({ kind: 'categorical', categories: reference.values.filter((text) => text !== '') });
}
