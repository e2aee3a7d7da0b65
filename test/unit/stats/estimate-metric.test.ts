import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../../src/core/metric.ts';
import type { Sample } from '../../../src/core/task.ts';
import { computeMetric } from '../../../src/stats/compute-metric.ts';
import { estimateMetric } from '../../../src/stats/estimate-metric.ts';
import { clopperPearson } from '../../../src/stats/clopper-pearson.ts';
import { meanInterval } from '../../../src/stats/mean-interval.ts';
import { seededRandom } from '../../../src/stats/random.ts';
import reference from '../../fixtures/stats/metrics.json' with { type: 'json' };
import { binarySample, multiclassSample, regressionSample } from './samples.ts';

const seed = 1;

const samples: Sample[] = [
  ...reference.binary.slice(0, 1).map(binarySample),
  ...reference.multiclass.slice(0, 1).map(multiclassSample),
  ...reference.regression.slice(0, 1).map(regressionSample),
  { task: 'score', scores: Float64Array.from({ length: 40 }, (_, index) => (index * 7) % 11) },
];

const cases = samples.flatMap((sample) =>
  metricsOf(sample.task).map((key) => ({ key, task: sample.task, sample })),
);

describe('estimateMetric', () => {
  it.each(cases)(
    '$task: $key has its value inside its interval, and the same one again',
    ({ key, sample }) => {
      const options = { seed, ...(['mae', 'rmse', 'bias'].includes(key) ? { bound: 1000 } : {}) };
      const estimate = estimateMetric(key, sample, options);
      expect(estimate.value).toBeCloseTo(computeMetric(key, sample), 12);
      expect(estimateMetric(key, sample, options)).toEqual(estimate);
      if (key === 'max_error') expect(estimate.why).toMatch(/no sample bounds/);
      else expect(estimate.interval).toSatisfy(between(estimate.value));
    },
  );

  it.each(cases)('$task: $key by cluster is never shorter than by row', ({ key, sample }) => {
    const n = sample.task === 'score' ? sample.scores.length : sample.labels.length;
    const clusters = Int32Array.from({ length: n }, (_, row) => Math.floor((row * 25) / n));
    const byRow = estimateMetric(key, sample, { seed });
    const byCluster = estimateMetric(key, sample, { seed, clusters });
    expect(byCluster.value).toBe(byRow.value);
    if (byRow.interval === undefined) expect(byCluster.interval).toBeUndefined();
    else if (key === 'roc_auc') expect(byCluster.why).toMatch(/too few for an AUC this high in clusters/);
    else expect(byCluster.method).toContain('over 25 clusters');
    if (byRow.method.startsWith('bootstrap')) return;
    expect(byCluster.interval?.low ?? -Infinity).toBeLessThanOrEqual(byRow.interval?.low ?? Infinity);
  });

  it('counts the rows that a share rests on', () => {
    const sample = binarySample({ labels: [1, 1, 0, 0, 1], scores: [0.9, 0.8, 0.7, 0.1, 0.2] });
    expect(estimateMetric('accuracy', sample, { seed })).toMatchObject({ value: 0.6, n: 5 });
    expect(estimateMetric('precision', sample, { seed })).toMatchObject({
      value: 2 / 3,
      n: 3,
      interval: clopperPearson(2, 3),
      method: 'Clopper–Pearson',
    });
    expect(estimateMetric('recall', sample, { seed })).toMatchObject({ n: 3 });
    expect(estimateMetric('f1', sample, { seed })).toMatchObject({ n: 4 });
  });

  it('bounds F1 by the share of true positives among them and the errors', () => {
    const { interval } = estimateMetric('f1', binarySample({ labels: [1, 1, 0], scores: [0.9, 0.2, 0.7] }), {
      seed,
    });
    const share = clopperPearson(1, 3) ?? { low: NaN, high: NaN };
    expect(interval?.low).toBeCloseTo((2 * share.low) / (1 + share.low), 14);
    expect(interval?.high).toBeCloseTo((2 * share.high) / (1 + share.high), 14);
  });
});

describe('without an interval', () => {
  const constant = binarySample({ labels: [0, 1, 0, 0], scores: [0.2, 0.2, 0.2, 0.2] });
  const separated = binarySample({
    labels: Array.from({ length: 400 }, (_, row) => row % 2),
    scores: Array.from({ length: 400 }, (_, row) => row % 2),
  });

  it.each([
    ['precision where nothing is decided positive', 'precision', constant, /undefined/],
    ['the AUC of one class', 'roc_auc', binarySample({ labels: [1, 1], scores: [0.1, 0.2] }), /undefined/],
    ['a perfect MCC', 'mcc', separated, /same value/],
    [
      'R² of equal labels',
      'r2',
      regressionSample({ labels: [1, 1, 1], predictions: [1, 2, 3] }),
      /undefined/,
    ],
    [
      'the median of 4',
      'median_error',
      regressionSample({ labels: [1, 2, 3, 4], predictions: [0, 0, 0, 0] }),
      /4 rows/,
    ],
  ] as const)('%s says why', (...[, key, sample, why]) => {
    const estimate = estimateMetric(key, sample, { seed });
    expect(estimate.interval).toBeUndefined();
    expect(estimate.why).toMatch(why);
  });

  it('an AUC of clustered rows that is too high for DeLong, or of scores that are all the same', () => {
    const clusters = Int32Array.from({ length: 400 }, (_, row) => row % 100);
    const why = (sample: Sample) => estimateMetric('roc_auc', sample, { seed, clusters }).why;
    expect(why(separated)).toMatch(/smaller class × \(1 − AUC\) is 0\.0/);
    const labels = Array.from({ length: 400 }, (_, row) => row % 2);
    expect(why(binarySample({ labels, scores: labels.map(() => 0.3) }))).toMatch(/vary too little/);
  });

  it('too few clusters', () => {
    const clusters = Int32Array.from({ length: 400 }, (_, row) => row % 10);
    expect(estimateMetric('accuracy', separated, { seed, clusters }).why).toMatch(/Only 10 clusters/);
  });

  it('a perfect accuracy in clusters proves nothing', () => {
    const clusters = Int32Array.from({ length: 400 }, (_, row) => row % 100);
    expect(estimateMetric('accuracy', separated, { seed, clusters }).why).toMatch(/same value/);
  });

  it('a score beyond its bound', () => {
    const sample: Sample = { task: 'score', scores: Float64Array.of(0.2, 7) };
    expect(estimateMetric('mean_score', sample, { seed, bound: 1 }).why).toBe(
      'The score 7 lies beyond the bound of 1.',
    );
  });
});

describe('bounded means', () => {
  it('clip a log loss at a bound, say so, and reach to the mean itself', () => {
    const scores = [...Array.from({ length: 30 }, () => 0.8), 1e-15];
    const estimate = estimateMetric('log_loss', binarySample({ labels: scores.map(() => 1), scores }), {
      seed,
      bound: 10,
    });
    expect(estimate.method).toMatch(/, 1 row clipped at 10 nats$/);
    expect(estimate.interval?.high).toBeGreaterThanOrEqual(estimate.value);
  });

  it('take no range from the labels for errors: without a bound nothing is proved', () => {
    const sample = regressionSample({ labels: [0, 5, 10], predictions: [1, 5, 10] });
    const errors = Float64Array.of(1, 0, 0);
    for (const key of ['mae', 'rmse', 'bias'] as const) {
      expect(estimateMetric(key, sample, { seed })).toMatchObject({
        interval: undefined,
        why: expect.stringMatching(/set bound/),
      });
    }
    const bounded = meanInterval(errors, { low: 0, high: 2 });
    expect(estimateMetric('mae', sample, { seed, bound: 2 }).interval).toEqual(bounded.interval);
  });

  it('root the bounds of the mean square for the RMSE', () => {
    const sample = regressionSample({ labels: [0, 5, 10], predictions: [1, 5, 8] });
    const { interval } = meanInterval(Float64Array.of(1, 0, 4), { low: 0, high: 100 });
    expect(estimateMetric('rmse', sample, { seed, bound: 10 }).interval).toEqual({
      low: Math.sqrt(interval.low),
      high: Math.sqrt(interval.high),
    });
  });

  it('let scores be from −bound to bound', () => {
    const scores = Float64Array.of(-0.5, 1, 0.25);
    expect(estimateMetric('mean_score', { task: 'score', scores }, { seed, bound: 1 })).toMatchObject(
      meanInterval(scores, { low: -1, high: 1 }),
    );
  });
});

describe('the DeLong interval of the AUC', () => {
  it('on a known case: normal scores one deviation apart, whose AUC is Φ(1/√2) = 0.7602', () => {
    const random = seededRandom(2);
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
    const labels = Array.from({ length: 2000 }, (_, row) => row % 2);
    const scores = labels.map((label) => normal() + label);
    const { interval, method } = estimateMetric('roc_auc', binarySample({ labels, scores }), { seed });
    expect(method).toBe('DeLong');
    expect(interval).toSatisfy(between(0.7602));
    expect((interval?.high ?? NaN) - (interval?.low ?? NaN)).toBeLessThan(0.04);
  });
});

describe('the AUC where DeLong does not decide', () => {
  const separated = (positives: number, negatives: number): Sample => {
    const labels = Array.from({ length: positives + negatives }, (_, row) => (row < positives ? 1 : 0));
    return binarySample({ labels, scores: labels.map((label, row) => label + row / 1e5) });
  };

  it.each([
    [500, 500, 0.99, 1],
    [60, 60, 0.9, 0.95],
    [60, 5000, 0.9, 0.95],
    [5, 5, 0.4, 0.5],
    [5, 5000, 0.4, 0.5],
    [1, 5000, 0, 0.1],
  ])('a perfect AUC of %i positives and %i negatives is at least …', (...[p, q, least, most]) => {
    const { value, interval, method } = estimateMetric('roc_auc', separated(p, q), { seed });
    expect({ value, high: interval?.high, method }).toEqual({
      value: 1,
      high: 1,
      method: 'betting on blocks of rows',
    });
    expect(interval?.low).toBeGreaterThan(least);
    expect(interval?.low).toBeLessThan(most);
  });

  it('scores that are all the same are worth ½, and no order of the rows changes a bound', () => {
    const labels = Array.from({ length: 100 }, (_, row) => row % 2);
    const constant = binarySample({ labels, scores: labels.map(() => 0.3) });
    const { value, interval } = estimateMetric('roc_auc', constant, { seed });
    expect(value).toBe(0.5);
    expect(interval?.low).toBeGreaterThan(0.4);
    expect(interval?.high).toBeCloseTo(1 - (interval?.low ?? NaN), 8);
    const scores = labels.map((label, row) => label + ((row * 37) % 100) / 95);
    const given = estimateMetric('roc_auc', binarySample({ labels, scores }), { seed });
    const turned = { labels: labels.toReversed(), scores: scores.toReversed() };
    const other = estimateMetric('roc_auc', binarySample(turned), { seed });
    expect(given.method).toBe('betting on blocks of rows');
    expect(other.interval?.low).toBeCloseTo(given.interval?.low ?? NaN, 9);
  });
});

function between(value: number) {
  return (interval: { low: number; high: number } | undefined) =>
    interval !== undefined && interval.low <= value && value <= interval.high;
}
