import { describe, expect, it } from 'vitest';
import { metricsOf, type MetricKey } from '../../../src/core/metric.ts';
import { rowCount, type Sample } from '../../../src/core/task.ts';
import { computeMetric } from '../../../src/stats/compute-metric.ts';
import { metricStatistic } from '../../../src/stats/metric-statistic.ts';
import { takeRows } from '../../../src/stats/resample.ts';
import reference from '../../fixtures/stats/metrics.json' with { type: 'json' };
import { binarySample, multiclassSample, regressionSample } from './samples.ts';

const samples: Sample[] = [
  ...reference.binary.slice(0, 1).map(binarySample),
  ...reference.multiclass.slice(0, 1).map(multiclassSample),
  ...reference.regression.slice(0, 1).map(regressionSample),
  { task: 'score', scores: Float64Array.from([1, 5, 2, 8, 3, 4, 9]) },
];

const cases = samples.flatMap((sample) =>
  metricsOf(sample.task).map((key): { key: MetricKey; task: string; sample: Sample } => ({
    key,
    task: sample.task,
    sample,
  })),
);

describe('metricStatistic', () => {
  it.each(cases)('$task: $key of all rows, and of some rows repeated', ({ key, sample }) => {
    const statistic = metricStatistic(key, sample);
    const all = Int32Array.from({ length: rowCount(sample) }, (_, row) => row);
    const some = Int32Array.from({ length: 40 }, (_, index) => (index * index * 3) % rowCount(sample));
    expect(statistic(all)).toBeCloseTo(computeMetric(key, sample), 12);
    expect(statistic(some)).toBeCloseTo(computeMetric(key, takeRows(sample, some)), 12);
  });
});

describe('takeRows', () => {
  it('keeps order and repeats, and class probabilities by row', () => {
    const sample = multiclassSample({
      classCount: 2,
      labels: [0, 1, 0],
      probabilities: [0.9, 0.1, 0.2, 0.8, 0.6, 0.4],
    });
    expect(takeRows(sample, Int32Array.of(2, 1, 2))).toEqual(
      multiclassSample({ classCount: 2, labels: [0, 1, 0], probabilities: [0.6, 0.4, 0.2, 0.8, 0.6, 0.4] }),
    );
  });
});
