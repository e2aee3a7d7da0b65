import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MetricKey } from '../../../src/core/metric.ts';
import type { Sample } from '../../../src/core/task.ts';
import { computeMetric } from '../../../src/stats/compute-metric.ts';
import { confusion } from '../../../src/stats/confusion.ts';
import { binarySample, regressionSample } from './samples.ts';

const MODELS = {
  bank: ['champion', 'challenger', 'regressed', 'leaky', 'equal'],
  bike: ['champion', 'challenger', 'regressed'],
} as const;

type Dataset = keyof typeof MODELS;

function columns(dataset: Dataset): Map<string, number[]> {
  const url = new URL(`../../fixtures/${dataset}/test_predictions_sklearn.csv`, import.meta.url);
  const [header = '', ...lines] = readFileSync(url, 'utf8').trim().split(/\r?\n/);
  const cells = lines.map((line) => line.split(',').map(Number));
  return new Map(header.split(',').map((name, index) => [name, cells.map((row) => row[index] ?? NaN)]));
}

function published(dataset: Dataset, model: string) {
  const url = new URL(`../../fixtures/${dataset}/${model}.metrics.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as {
    model: string;
    threshold?: number;
    metrics: Record<string, number>;
  };
}

const cases = (Object.keys(MODELS) as Dataset[]).flatMap((dataset) => {
  const table = columns(dataset);
  return MODELS[dataset].map((model) => {
    const document = published(dataset, model);
    const labels = table.get('label') ?? [];
    const scores = table.get(document.model) ?? [];
    const sample: Sample =
      dataset === 'bank'
        ? binarySample({ labels, scores, threshold: document.threshold ?? NaN })
        : regressionSample({ labels, predictions: scores });
    return { name: document.model, sample, metrics: document.metrics };
  });
});

const COUNTS = ['tp', 'fp', 'tn', 'fn'];
const rows = cases.flatMap(({ name, sample, metrics }) =>
  Object.entries(metrics)
    .filter(([key]) => !COUNTS.includes(key))
    .map(([key, value]) => ({ name, sample, key, value })),
);

describe('metrics of the real models equal the published ones', () => {
  it.each(rows)('$name: $key is $value', ({ sample, key, value }) => {
    const measured = computeMetric((key === 'pr_auc' ? 'average_precision' : key) as MetricKey, sample);
    expect(Math.abs(measured - value)).toBeLessThan(1e-9);
  });

  it.each(cases.filter(({ sample }) => sample.task === 'binary-classification'))(
    '$name: the confusion',
    ({ sample, metrics }) => {
      if (sample.task !== 'binary-classification') throw new Error('not a binary sample');
      const { truePositives, falsePositives, trueNegatives, falseNegatives } = confusion(sample);
      expect([truePositives, falsePositives, trueNegatives, falseNegatives]).toEqual(
        COUNTS.map((key) => metrics[key]),
      );
    },
  );

  it('covers every model', () => expect(cases).toHaveLength(8));
});
