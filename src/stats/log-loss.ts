import type { BinarySample, MulticlassSample } from '../core/task.ts';
import { meanOf } from './compensated-sum.ts';

/** Probabilities are clipped to [1e-15, 1 − 1e-15], as scikit-learn did up to 1.2; so no row costs more than 34.54 nats. */
export const LOG_LOSS_CLIP = 1e-15;

/** Mean negative log-likelihood of the labels in nats, ≥ 0, natural logarithm, probabilities clipped but not made to sum to 1; NaN for no rows. */
export function logLoss(sample: BinarySample | MulticlassSample): number {
  return meanOf(sample.labels.length, rowLoss(sample));
}

/** Negative log-likelihood of each row's label in nats, in [0, 34.54]: n values. */
export function perRowLogLoss(sample: BinarySample | MulticlassSample): Float64Array {
  const loss = rowLoss(sample);
  return new Float64Array(sample.labels.length).map((_, row) => loss(row));
}

function rowLoss(sample: BinarySample | MulticlassSample): (row: number) => number {
  if (sample.task === 'binary-classification') {
    const { labels, scores } = sample;
    return (row) => {
      const clipped = clip(scores[row] ?? NaN);
      return -Math.log(labels[row] === 1 ? clipped : 1 - clipped);
    };
  }
  const { labels, probabilities, classCount } = sample;
  return (row) => -Math.log(clip(probabilities[row * classCount + (labels[row] ?? NaN)] ?? NaN));
}

function clip(probability: number): number {
  return Math.min(Math.max(probability, LOG_LOSS_CLIP), 1 - LOG_LOSS_CLIP);
}
