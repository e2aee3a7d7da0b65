import { lowerIndex } from './sorted-search.ts';

/** Mean prediction and mean label of one bin, both in the label's unit. */
export interface DecileBin {
  predicted: number;
  observed: number;
  count: number;
}

/**
 * Ten bins of about equally many rows in the order of the prediction; equal predictions share a bin, so there may be fewer. None for no rows.
 * O(n log n) in the native sort of one copy.
 */
export function decileCalibration(predictions: Float64Array, labels: Float64Array): DecileBin[] {
  const n = predictions.length;
  const sorted = predictions.slice().sort();
  const ends = Array.from(
    { length: 10 },
    (_, bin) => sorted[Math.max(0, Math.ceil(((bin + 1) * n) / 10) - 1)],
  );
  const edges = Float64Array.from(new Set(ends.filter((edge) => edge !== undefined)));
  const sums = Array.from(edges, () => ({ predicted: 0, observed: 0, count: 0 }));
  for (let row = 0; row < n; row++) {
    const prediction = predictions[row] as number;
    const bin = sums[lowerIndex(edges, prediction)];
    if (bin === undefined) continue;
    bin.count++;
    bin.predicted += prediction;
    bin.observed += labels[row] as number;
  }
  return sums
    .filter(({ count }) => count > 0)
    .map(({ predicted, observed, count }) => ({
      predicted: predicted / count,
      observed: observed / count,
      count,
    }));
}
