import { describe, expect, it } from 'vitest';
import { computeMetric } from '../../../src/stats/compute-metric.ts';
import { naiveSample } from '../../../src/stats/naive.ts';
import { binarySample, multiclassSample, regressionSample } from './samples.ts';

describe('naiveSample', () => {
  it.each([
    { labels: [0, 0, 0, 1], share: 0.25, decided: 0 },
    { labels: [1, 1, 0], share: 2 / 3, decided: 1 },
    { labels: [1, 0], share: 0.5, decided: 1 },
    { labels: [0, 0], share: 0, decided: 0 },
  ])('binary $labels: probability $share, decided $decided', ({ labels, share, decided }) => {
    const naive = naiveSample(binarySample({ labels, scores: labels.map(() => 0.9) }));
    expect(naive).toEqual({
      task: 'binary-classification',
      labels: Uint8Array.from(labels),
      scores: new Float64Array(labels.length).fill(share),
      decisions: new Uint8Array(labels.length).fill(decided),
    });
  });

  it('ranks nothing: its AUC is ½', () => {
    const naive = naiveSample(binarySample({ labels: [0, 1, 0], scores: [0.1, 0.9, 0.2] }));
    expect(naive && computeMetric('roc_auc', naive)).toBe(0.5);
  });

  it('multiclass: the class frequencies, decided for the most frequent, the first of ties', () => {
    const labels = [2, 1, 1, 2, 0];
    const probabilities = labels.flatMap(() => [1, 0, 0]);
    expect(naiveSample(multiclassSample({ classCount: 3, labels, probabilities }))).toMatchObject({
      probabilities: Float64Array.from(labels.flatMap(() => [0.2, 0.4, 0.4])),
      decisions: new Int32Array(5).fill(1),
    });
  });

  it('regression: the mean, so that R² is 0', () => {
    const naive = naiveSample(regressionSample({ labels: [1, 2, 6], predictions: [0, 0, 0] }));
    expect(naive).toMatchObject({ predictions: Float64Array.of(3, 3, 3) });
    expect(naive && computeMetric('r2', naive)).toBe(0);
  });

  it('is undefined for scores and for no rows', () => {
    expect(naiveSample({ task: 'score', scores: Float64Array.of(1) })).toBeUndefined();
    expect(naiveSample(binarySample({ labels: [], scores: [] }))).toBeUndefined();
  });
});
