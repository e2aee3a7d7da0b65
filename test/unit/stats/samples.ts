import type { BinarySample, MulticlassSample, RegressionSample } from '../../../src/core/task.ts';

interface Binary {
  labels: readonly number[];
  scores: readonly number[];
  threshold?: number;
}

/** A binary sample that decides by `threshold`, 0.5 unless given. */
export function binarySample({ labels, scores, threshold = 0.5 }: Binary): BinarySample {
  return {
    task: 'binary-classification',
    labels: Uint8Array.from(labels),
    scores: Float64Array.from(scores),
    decisions: Uint8Array.from(scores, (score) => (score >= threshold ? 1 : 0)),
  };
}

interface Multiclass {
  classCount: number;
  labels: readonly number[];
  probabilities: readonly number[];
}

/** A multiclass sample that decides for the first of the most probable classes. */
export function multiclassSample({ classCount, labels, probabilities }: Multiclass): MulticlassSample {
  const decide = (row: number): number => {
    const own = probabilities.slice(row * classCount, (row + 1) * classCount);
    return own.indexOf(Math.max(...own));
  };
  return {
    task: 'multiclass-classification',
    classCount,
    labels: Int32Array.from(labels),
    probabilities: Float64Array.from(probabilities),
    decisions: Int32Array.from(labels, (_, row) => decide(row)),
  };
}

interface Regression {
  labels: readonly number[];
  predictions: readonly number[];
}

/** A regression sample. */
export function regressionSample({ labels, predictions }: Regression): RegressionSample {
  return {
    task: 'regression',
    labels: Float64Array.from(labels),
    predictions: Float64Array.from(predictions),
  };
}
