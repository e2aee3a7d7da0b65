import { descendCuts, splitScores } from './split-scores.ts';

/**
 * Area under the ROC curve in [0, 1]: the share of (positive, negative) pairs in the right order, ties counting half.
 * `labels` holds 0 or 1 for each of the n finite `scores`. NaN when one class is absent.
 */
export function rocAuc(labels: Uint8Array, scores: Float64Array): number {
  const split = splitScores(labels, scores);
  const pairs = split.positives.length * split.negatives.length;
  let doubled = 0;
  let [above, falseAbove] = [0, 0];
  descendCuts(split, ({ truePositives, falsePositives }) => {
    doubled += (falsePositives - falseAbove) * (truePositives + above);
    [above, falseAbove] = [truePositives, falsePositives];
  });
  return pairs === 0 ? NaN : doubled / 2 / pairs;
}
