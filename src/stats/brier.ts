import type { BinarySample, MulticlassSample } from '../core/task.ts';
import { meanOf } from './compensated-sum.ts';

/**
 * Brier score in [0, 1], lower is better: mean squared distance of the probabilities from the outcome (Brier 1950),
 * for more than two classes half the sum over the classes, so that two classes give the binary value. NaN for no rows.
 */
export function brier(sample: BinarySample | MulticlassSample): number {
  return meanOf(sample.labels.length, rowLoss(sample));
}

/** Each row's part of the Brier score, in [0, 1]: n values. */
export function perRowBrier(sample: BinarySample | MulticlassSample): Float64Array {
  const loss = rowLoss(sample);
  return new Float64Array(sample.labels.length).map((_, row) => loss(row));
}

function rowLoss(sample: BinarySample | MulticlassSample): (row: number) => number {
  if (sample.task === 'binary-classification') {
    const { labels, scores } = sample;
    return (row) => ((scores[row] ?? NaN) - (labels[row] ?? NaN)) ** 2;
  }
  const { labels, probabilities, classCount } = sample;
  return (row) => {
    let sum = 0;
    for (let index = 0; index < classCount; index++) {
      const outcome = labels[row] === index ? 1 : 0;
      sum += ((probabilities[row * classCount + index] ?? NaN) - outcome) ** 2;
    }
    return sum / 2;
  };
}
