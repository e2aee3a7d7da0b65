import { describe, expect, it } from 'vitest';
import type { MetricKey } from '../../../src/core/metric.ts';
import type { Sample } from '../../../src/core/task.ts';
import { computeMetric } from '../../../src/stats/compute-metric.ts';
import reference from '../../fixtures/stats/metrics.json' with { type: 'json' };
import { binarySample, multiclassSample, regressionSample } from './samples.ts';

interface Case {
  name: string;
  sample: Sample;
  values: Record<string, number | null>;
}

const cases: Case[] = [
  ...reference.binary.map((entry) => ({ ...entry, sample: binarySample(entry) })),
  ...reference.multiclass.map((entry) => ({ ...entry, sample: multiclassSample(entry) })),
  ...reference.regression.map((entry) => ({ ...entry, sample: regressionSample(entry) })),
];

const rows = cases.flatMap(({ name, sample, values }) =>
  Object.entries(values).map(([key, value]) => ({
    task: sample.task,
    name,
    key: key as MetricKey,
    value,
    sample,
  })),
);

describe('metrics equal those of scikit-learn', () => {
  it.each(rows)('$task, $name: $key is $value', ({ key, value, sample }) => {
    const measured = computeMetric(key, sample);
    if (value === null) expect(measured).toBeNaN();
    else expect(Math.abs(measured - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
  });

  it('holds undefined values too', () => {
    expect(rows.filter((row) => row.value === null).length).toBeGreaterThan(8);
  });
});

describe('computeMetric', () => {
  it('refuses a metric that the task does not have', () => {
    const sample = regressionSample({ labels: [1, 2], predictions: [1, 2] });
    expect(() => computeMetric('roc_auc', sample)).toThrow(/roc_auc was asked of a regression sample/);
  });

  it.each(['roc_auc', 'average_precision', 'log_loss', 'brier', 'ece', 'accuracy', 'f1', 'mcc'] as const)(
    'gives NaN for %s of no rows',
    (key) => expect(computeMetric(key, binarySample({ labels: [], scores: [] }))).toBeNaN(),
  );

  it.each(['mae', 'rmse', 'r2', 'bias', 'median_error', 'max_error'] as const)(
    'gives NaN for %s of no rows',
    (key) => expect(computeMetric(key, regressionSample({ labels: [], predictions: [] }))).toBeNaN(),
  );

  it.each(['log_loss', 'brier', 'ece', 'accuracy', 'macro_f1', 'weighted_f1'] as const)(
    'gives NaN for %s of no rows of three classes',
    (key) =>
      expect(
        computeMetric(key, multiclassSample({ classCount: 3, labels: [], probabilities: [] })),
      ).toBeNaN(),
  );

  it('takes the mean of scores', () => {
    expect(computeMetric('mean_score', { task: 'score', scores: Float64Array.of(1, 2, 6) })).toBe(3);
  });
});
