import { descendCuts, splitScores } from './split-scores.ts';

/**
 * Average precision in (0, 1]: the sum over distinct scores, from the highest down, of precision × gain of recall
 * (the step form of scikit-learn, no interpolation). `labels` holds 0 or 1. NaN without positives.
 */
export function averagePrecision(labels: Uint8Array, scores: Float64Array): number {
  const known = remembered.get(scores);
  if (known?.labels === labels) return known.value;
  const split = splitScores(labels, scores);
  const total = split.positives.length;
  let sum = 0;
  let found = 0;
  descendCuts(split, ({ truePositives, falsePositives }) => {
    sum += ((truePositives - found) * truePositives) / (truePositives + falsePositives);
    found = truePositives;
  });
  return total === 0 ? NaN : sum / total;
}

/** What ranking the same arrays for the AUC has found; it takes as long as everything else here, and is forgotten with the scores. */
const remembered = new WeakMap<Float64Array, { labels: Uint8Array; value: number }>();

/** Saves `averagePrecision` from sorting scores again that were ranked already. Arrays that are ranked must not be changed. */
export function rememberPrecision(labels: Uint8Array, scores: Float64Array, value: number): void {
  remembered.set(scores, { labels, value });
}
