import type { BinarySample, MulticlassSample, RegressionSample, Sample } from '../core/task.ts';
import { meanOf } from './compensated-sum.ts';

/**
 * What a predictor that sees no features would say of the same rows: the class frequencies for classification, decided for the most
 * frequent class (the positive one, or else the first, of ties); the mean of the labels for regression.
 * It knows these labels' frequencies, so it is the best constant there is. Undefined for `score`, and for no rows.
 */
export function naiveSample(sample: Sample): Sample | undefined {
  if (sample.task === 'score' || sample.labels.length === 0) return undefined;
  switch (sample.task) {
    case 'binary-classification':
      return naiveBinary(sample);
    case 'multiclass-classification':
      return naiveMulticlass(sample);
    case 'regression':
      return naiveRegression(sample);
  }
}

function naiveBinary({ task, labels }: BinarySample): BinarySample {
  const share = meanOf(labels.length, (row) => labels[row] ?? NaN);
  return {
    task,
    labels,
    scores: new Float64Array(labels.length).fill(share),
    decisions: new Uint8Array(labels.length).fill(share >= 0.5 ? 1 : 0),
  };
}

function naiveMulticlass({ task, labels, classCount }: MulticlassSample): MulticlassSample {
  const counts = new Float64Array(classCount);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const shares = counts.map((count) => count / labels.length);
  const mostFrequent = counts.reduce((best, count, index) => (count > (counts[best] ?? 0) ? index : best), 0);
  const probabilities = new Float64Array(labels.length * classCount);
  for (let row = 0; row < labels.length; row++) probabilities.set(shares, row * classCount);
  return {
    task,
    classCount,
    labels,
    probabilities,
    decisions: new Int32Array(labels.length).fill(mostFrequent),
  };
}

function naiveRegression({ task, labels }: RegressionSample): RegressionSample {
  const mean = meanOf(labels.length, (row) => labels[row] ?? NaN);
  return { task, labels, predictions: new Float64Array(labels.length).fill(mean) };
}
