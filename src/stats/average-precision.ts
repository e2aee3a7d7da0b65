import { descendCuts, splitScores } from './split-scores.ts';

/**
 * Average precision in (0, 1]: the sum over distinct scores, from the highest down, of precision × gain of recall
 * (the step form of scikit-learn, no interpolation). `labels` holds 0 or 1. NaN without positives.
 */
export function averagePrecision(labels: Uint8Array, scores: Float64Array): number {
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
