/**
 * Independent units whose mean is bet on, scaled to [0, 1]: unit i has the total tᵢ in [0, wᵢ], and the mean is Σt/Σw.
 * A single row has weight 1; a cluster has the sum of its rows and a weight in (0, 1].
 */
export interface Stakes {
  totals: Float64Array;
  /** `undefined`: all 1. */
  weights: Float64Array | undefined;
  /** How often each total occurs; `undefined`: once each. Only without weights. */
  counts: Float64Array | undefined;
}

const MOST_DISTINCT = 64;

/** Stakes of single rows; repeated values are counted when there are at most 64 distinct ones. */
export function stakesOf(values: Float64Array): Stakes {
  const plain = { totals: values, weights: undefined, counts: undefined };
  if (values.length === 0) return plain;
  const counts = new Map<number, number>();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_DISTINCT) return plain;
  }
  const distinct = Float64Array.from(counts.keys()).sort();
  return { totals: distinct, weights: undefined, counts: distinct.map((value) => counts.get(value) ?? 0) };
}

/** The same units for the complement 1 − x, whose lower bound is the upper bound of x. */
export function mirroredStakes({ totals, weights, counts }: Stakes): Stakes {
  return { totals: totals.map((total, i) => (weights?.[i] ?? 1) - total), weights, counts };
}
