import type { BinCounts } from '../../stats/drift/bin-counts.ts';
import { planBins, type BinPlan } from '../../stats/drift/bin-plan.ts';
import type { DriftSide } from '../../stats/drift/measure-drift-from-counts.ts';
import { planNumbers } from '../../stats/drift/plan-column.ts';
import { rowsOfSorted, type SortedValues } from '../../stats/drift/sorted-values.ts';
import { lowerIndex, upperIndex } from '../../stats/sorted-search.ts';
import type { NumberParts, TextParts } from './drift-values.ts';

/** The bins of numbers that the engine handed over in order. */
export function planOfNumbers(reference: NumberParts): BinPlan {
  return planNumbers(reference.sorted);
}

/** Every text of the reference is a bin. */
export function planOfTexts({ counts }: TextParts): BinPlan {
  return planBins({ kind: 'categorical', categories: counts.keys() });
}

/** One side of a numeric feature in the bins of a plan, with its finite values in order. */
export function numberSide(plan: BinPlan, parts: NumberParts): DriftSide {
  return { counts: countSorted(plan, parts), sorted: parts.sorted };
}

/** One side of a feature of texts. */
export function textSide(plan: BinPlan, { counts, missing }: TextParts): DriftSide {
  const categories = plan.kind === 'categorical' ? plan.categories : [];
  const bins = categories.map((category) => counts.get(category) ?? 0);
  const known = new Set(categories);
  let unseen = 0;
  for (const [text, n] of counts) if (!known.has(text)) unseen += n;
  return { counts: { bins, unseen, nonFinite: 0, missing } };
}

function countSorted(plan: BinPlan, { sorted, nonFinite, missing }: NumberParts): BinCounts {
  const cuts =
    plan.kind === 'numeric' ? plan.edges : plan.kind === 'discrete' ? plan.values : new Float64Array();
  const upTo = rowsUpTo(sorted);
  const bins = new Float64Array(plan.kind === 'numeric' ? cuts.length + 1 : cuts.length);
  let [binned, before] = [0, 0];
  for (let bin = 0; bin < bins.length; bin++) {
    const cut = cuts[bin] ?? Infinity;
    if (plan.kind !== 'numeric') before = upTo(lowerIndex(sorted.values, cut));
    const end = upTo(upperIndex(sorted.values, cut));
    bins[bin] = end - before;
    binned += end - before;
    before = end;
  }
  return { bins, unseen: rowsOfSorted(sorted) - binned, nonFinite, missing };
}

/** How many rows the first so many values stand for. */
function rowsUpTo({ values, counts }: SortedValues): (index: number) => number {
  if (counts === undefined) return (index) => index;
  const rows = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) rows[i + 1] = (rows[i] as number) + (counts[i] as number);
  return (index) => rows[index] as number;
}
