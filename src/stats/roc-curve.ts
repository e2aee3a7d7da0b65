import { descendCuts, splitScores, type SplitScores } from './split-scores.ts';

/** One point of a ROC curve, both rates in [0, 1]. */
export interface RocPoint {
  falsePositiveRate: number;
  truePositiveRate: number;
}

const MOST_POINTS = 200;

/**
 * ROC curve from (0, 0) to (1, 1), both included, thinned to at most 200 points spread evenly over the length of the path.
 * Empty when one class is absent.
 */
export function rocCurve(labels: Uint8Array, scores: Float64Array): RocPoint[] {
  const split = splitScores(labels, scores);
  if (split.positives.length === 0 || split.negatives.length === 0) return [];
  const points: RocPoint[] = [{ falsePositiveRate: 0, truePositiveRate: 0 }];
  thin(split, (point) => points.push(point));
  return points;
}

/** Keeps a cut when the path entered another of 198 equal stretches since the last one kept, and the end always. */
function thin(split: SplitScores, keep: (point: RocPoint) => void): void {
  const { positives, negatives } = split;
  const stretches = MOST_POINTS - 2;
  let reached = 0;
  descendCuts(split, ({ truePositives, falsePositives }) => {
    const point = {
      falsePositiveRate: falsePositives / negatives.length,
      truePositiveRate: truePositives / positives.length,
    };
    const length = (point.falsePositiveRate + point.truePositiveRate) / 2;
    const stretch = Math.floor(length * stretches);
    const few = positives.length + negatives.length <= stretches;
    if (few || stretch > reached || length === 1) keep(point);
    reached = stretch;
  });
}
