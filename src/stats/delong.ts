import { lowerIndex, upperIndex } from './sorted-search.ts';

/** What each row adds to the AUC: the share of rows of the other class that it is ranked rightly against, ties ½. */
export interface Placements {
  /** Share of (positive, negative) pairs that are ranked rightly; NaN where a class is absent. */
  auc: number;
  /** One value in [0, 1] a positive, in row order. */
  positives: Float64Array;
  /** One value in [0, 1] a negative, in row order. */
  negatives: Float64Array;
}

/**
 * Placement values of every row in O(n log n), by binary search in the sorted scores of the other class:
 * the midrank form of DeLong's structural components.
 * Source: Sun & Xu 2014, "Fast implementation of DeLong's algorithm", eq. 5–9.
 */
export function placements(labels: Uint8Array, scores: Float64Array): Placements {
  const positives = scores.filter((_, row) => labels[row] === 1);
  const negatives = scores.filter((_, row) => labels[row] !== 1);
  const above = shareBelow(positives, negatives.slice().sort());
  const below = shareBelow(negatives, positives.slice().sort()).map((share) => 1 - share);
  return { auc: meanOf(above), positives: above, negatives: below };
}

/** Second and third central moment of the mean of independent values; Infinity and 0 with fewer than 2 values. */
export function momentsOfMean(values: Float64Array): { mean: number; variance: number; third: number } {
  const n = values.length;
  const mean = meanOf(values);
  if (n < 2) return { mean, variance: Infinity, third: 0 };
  let square = 0;
  let cube = 0;
  for (const value of values) {
    const deviation = value - mean;
    square += deviation * deviation;
    cube += deviation * deviation * deviation;
  }
  return { mean, variance: square / (n - 1) / n, third: cube / n / (n * n) };
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function shareBelow(values: Float64Array, sorted: Float64Array): Float64Array {
  return values.map((value) => (lowerIndex(sorted, value) + upperIndex(sorted, value)) / (2 * sorted.length));
}
