import { KnownGoodError } from '../core/errors.ts';

/**
 * Adjusted p-values, in the order given: the smallest false-discovery rate at which each would be rejected. Step-up:
 * the i-th smallest of m becomes min over j ≥ i of p₍ⱼ₎·m/j, at most 1, so equal p-values stay equal. An empty list gives an
 * empty list; a p-value that is NaN or outside [0, 1] is an `internal` error.
 * Source: Benjamini & Hochberg 1995, JRSS B 57.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  const wrong = pValues.find((p) => !(p >= 0 && p <= 1));
  if (wrong !== undefined) throw new KnownGoodError('internal', `Not a p-value: saw ${wrong}.`);
  const order = pValues.map((_, index) => index).sort((a, b) => (pValues[b] ?? 0) - (pValues[a] ?? 0));
  const adjusted = pValues.map(() => 1);
  let smallest = 1;
  order.forEach((index, position) => {
    const rank = pValues.length - position;
    smallest = Math.min(smallest, ((pValues[index] ?? 1) * pValues.length) / rank);
    adjusted[index] = smallest;
  });
  return adjusted;
}
