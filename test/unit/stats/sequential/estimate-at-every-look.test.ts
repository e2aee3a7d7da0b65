import { describe, expect, it } from 'vitest';
import { metricsOf, type MetricKey } from '../../../../src/core/metric.ts';
import type { Sample } from '../../../../src/core/task.ts';
import type { Interval } from '../../../../src/stats/interval.ts';
import { computeMetric } from '../../../../src/stats/compute-metric.ts';
import { estimateMetric } from '../../../../src/stats/estimate-metric.ts';
import { estimateAtEveryLook } from '../../../../src/stats/sequential/estimate-at-every-look.ts';
import { seededRandom } from '../../../../src/stats/random.ts';
import { binarySample, multiclassSample, regressionSample } from '../samples.ts';

const random = seededRandom(9);
const rows = Array.from({ length: 400 }, (_, row) => row);
const samples: Sample[] = [
  binarySample({
    labels: rows.map((row) => row % 2),
    scores: rows.map((row) => 0.6 * random.uniform() + 0.2 * (row % 2)),
  }),
  multiclassSample({
    classCount: 2,
    labels: rows.map((row) => row % 2),
    probabilities: rows.flatMap((row) => (row % 3 === 0 ? [0.7, 0.3] : [0.4, 0.6])),
  }),
  regressionSample({ labels: rows, predictions: rows.map((row) => row + random.uniform() - 0.4) }),
  { task: 'score', scores: Float64Array.from(rows, (row) => (row * 7) % 11) },
];

/** Metrics whose bounds hold at every look; the others have none. */
const KNOWN: readonly MetricKey[] = [
  'roc_auc',
  'log_loss',
  'brier',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'mae',
  'rmse',
  'bias',
  'median_error',
  'mean_score',
];

const cases = samples.flatMap((sample) =>
  metricsOf(sample.task).map((key) => ({ key, task: sample.task, sample })),
);

describe('estimateAtEveryLook', () => {
  it.each(cases)('$task: $key', ({ key, sample }) => {
    const bound = key === 'log_loss' ? undefined : 20;
    const estimate = estimateAtEveryLook(key, sample, { planned: 1000, bound });
    expect(estimate.value).toBeCloseTo(computeMetric(key, sample), 12);
    if (!KNOWN.includes(key)) {
      expect(estimate.interval).toBeUndefined();
      expect(estimate.why).toMatch(/every look|no sample bounds/);
      return;
    }
    const once = estimateMetric(key, sample, { seed: 1, bound });
    expect(estimate.n).toBe(once.n);
    // Where a single look bets as well, its bets are not made for the plan.
    const width = (interval?: Interval): number => (interval?.high ?? NaN) - (interval?.low ?? NaN);
    expect(width(estimate.interval)).toBeGreaterThan(0.9 * width(once.interval));
    expect(estimate.interval?.low).toBeLessThan(estimate.value);
    expect(estimate.interval?.high).toBeGreaterThan(estimate.value);
  });

  it('takes the range of scores, and refuses a score outside it', () => {
    const sample: Sample = { task: 'score', scores: Float64Array.from(rows, (row) => 1 + (row % 5)) };
    const of = (low: number, high: number) =>
      estimateAtEveryLook('mean_score', sample, { planned: 1000, bound: { low, high } });
    expect(of(1, 5).interval?.high).toBeLessThan(of(-5, 5).interval?.high ?? NaN);
    expect(of(1, 4).why).toMatch(/lies beyond the range \[1, 4\]/);
    expect(estimateAtEveryLook('mean_score', sample, { planned: 1000 }).why).toMatch(/set bound/);
  });

  it('proves no AUC where the smaller class is too small, or absent', () => {
    const few = binarySample({
      labels: rows.map((row) => (row < 12 ? 1 : 0)),
      scores: rows.map((row) => 1 / (1 + row)),
    });
    expect(estimateAtEveryLook('roc_auc', few, { planned: 1000 })).toMatchObject({
      value: 1,
      interval: undefined,
      why: expect.stringMatching(/12 rows, too few/),
    });
    const none = binarySample({ labels: [0, 0], scores: [0.1, 0.2] });
    expect(estimateAtEveryLook('roc_auc', none, { planned: 1000 }).interval).toBeUndefined();
  });

  it('has no value without rows', () => {
    const empty = binarySample({ labels: [], scores: [] });
    expect(estimateAtEveryLook('brier', empty, { planned: 1000 })).toMatchObject({
      value: NaN,
      interval: undefined,
    });
  });
});
