import { describe, expect, it } from 'vitest';
import { METRIC_KEYS, METRICS } from '../../../src/core/metric.ts';
import type { BinarySample, RegressionSample, ScoreSample } from '../../../src/core/task.ts';
import { comparePaired } from '../../../src/stats/compare-paired.ts';
import { seededRandom } from '../../../src/stats/random.ts';

const random = seededRandom(5);

function binary(labels: readonly number[], scores: readonly number[]): BinarySample {
  return {
    task: 'binary-classification',
    labels: Uint8Array.from(labels),
    scores: Float64Array.from(scores),
    decisions: Uint8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0)),
  };
}

function regression(labels: readonly number[], predictions: readonly number[]): RegressionSample {
  return {
    task: 'regression',
    labels: Float64Array.from(labels),
    predictions: Float64Array.from(predictions),
  };
}

function scored(scores: readonly number[]): ScoreSample {
  return { task: 'score', scores: Float64Array.from(scores) };
}

const labels = Array.from({ length: 600 }, (_, row) => (row % 3 === 0 ? 1 : 0));
const good = labels.map((label) => 0.25 + 0.3 * label + 0.4 * (random.uniform() - 0.5));
const near = good.map((score) => score + 0.002 * (random.uniform() - 0.5));
const bad = labels.map(() => random.uniform());
const pairs = {
  near: { champion: binary(labels, good), challenger: binary(labels, near) },
  bad: { champion: binary(labels, good), challenger: binary(labels, bad) },
  copy: { champion: binary(labels, good), challenger: binary(labels, good) },
};

describe('comparePaired decides', () => {
  it.each([
    ['roc_auc', 'near', 0.05, 'pass', 'within-margin'],
    ['roc_auc', 'near', 0.01, 'hold', 'too-few-rows'],
    ['roc_auc', 'near', 0, 'hold', 'interval-crosses-margin'],
    ['roc_auc', 'bad', 0.05, 'fail', 'beyond-margin'],
    ['roc_auc', 'copy', 0.02, 'pass', 'within-margin'],
    ['roc_auc', 'copy', 0.01, 'hold', 'no-variance'],
    ['brier', 'near', 0.02, 'pass', 'within-margin'],
    ['brier', 'bad', 0.02, 'fail', 'beyond-margin'],
    ['brier', 'copy', 0.001, 'hold', 'no-variance'],
    ['accuracy', 'near', 0.05, 'pass', 'within-margin'],
    ['accuracy', 'bad', 0.05, 'fail', 'beyond-margin'],
    ['accuracy', 'copy', 0.004, 'hold', 'no-variance'],
    ['log_loss', 'near', 0.5, 'pass', 'within-margin'],
    ['log_loss', 'near', 0.01, 'hold', 'too-few-rows'],
  ] as const)('%s of %s at margin %f: %s, %s', (...[key, name, margin, decision, reason]) => {
    expect(comparePaired(key, pairs[name], { margin })).toMatchObject({ decision, reason, n: 600 });
  });

  it.each(['roc_auc', 'brier', 'accuracy', 'log_loss'] as const)(
    '%s: interval, decision and p-value never contradict each other',
    (key) => {
      for (const pair of Object.values(pairs)) {
        for (const margin of [0, 0.001, 0.01, 0.03, 0.1, 0.3]) {
          const { decision, interval, difference, pHarm, champion, challenger } = comparePaired(key, pair, {
            margin,
          });
          const sign = METRICS[key].better === 'higher' ? -1 : 1;
          const ends = [sign * (interval?.low ?? NaN), sign * (interval?.high ?? NaN)].sort((a, b) => a - b);
          const expected = (ends[1] ?? NaN) <= margin ? 'pass' : (ends[0] ?? NaN) > margin ? 'fail' : 'hold';
          expect(decision).toBe(expected);
          expect(difference).toBe(challenger - champion);
          expect(difference).toBeGreaterThanOrEqual(interval?.low ?? NaN);
          expect(difference).toBeLessThanOrEqual(interval?.high ?? NaN);
          expect(pHarm <= 0.05).toBe(decision === 'fail');
        }
      }
    },
  );

  it.each(['roc_auc', 'brier', 'accuracy', 'log_loss'] as const)(
    '%s: a shuffled file gives the same verdict',
    (key) => {
      const order = labels.map((_, row) => row).sort((a, b) => ((a * 7919) % 601) - ((b * 7919) % 601));
      const shuffled = (scores: readonly number[]): BinarySample =>
        binary(
          order.map((row) => labels[row] ?? 0),
          order.map((row) => scores[row] ?? NaN),
        );
      for (const scores of [near, bad]) {
        const given = comparePaired(
          key,
          { champion: binary(labels, good), challenger: binary(labels, scores) },
          { margin: 0.02 },
        );
        const other = comparePaired(
          key,
          { champion: shuffled(good), challenger: shuffled(scores) },
          { margin: 0.02 },
        );
        expect(other.decision).toBe(given.decision);
        expect(other.interval?.low).toBeCloseTo(given.interval?.low ?? NaN, 8);
        expect(other.interval?.high).toBeCloseTo(given.interval?.high ?? NaN, 8);
      }
    },
  );

  it('mae and mean_score in their own units', () => {
    const truth = labels.map((_, row) => row % 50);
    const guess = (shift: number): RegressionSample =>
      regression(
        truth,
        truth.map((label) => label + shift),
      );
    expect(
      comparePaired('mae', { champion: guess(3), challenger: guess(1) }, { margin: 1, bound: 50 }),
    ).toMatchObject({
      decision: 'pass',
      difference: -2,
    });
    expect(
      comparePaired('mae', { champion: guess(1), challenger: guess(9) }, { margin: 1, bound: 50 }),
    ).toMatchObject({
      decision: 'fail',
    });
    const pair = { champion: scored(good), challenger: scored(good.map((score) => score + 0.1)) };
    expect(comparePaired('mean_score', pair, { margin: 0.02, bound: { low: 0, high: 1 } })).toMatchObject({
      decision: 'pass',
    });
  });
});

describe('comparePaired refuses to prove', () => {
  it('the same bytes pass, unless the numbers differ after all', () => {
    expect(comparePaired('f1', pairs.copy, { margin: 0, sameBytes: true })).toMatchObject({
      decision: 'pass',
      reason: 'same-bytes',
      interval: { low: 0, high: 0 },
    });
    expect(comparePaired('brier', pairs.bad, { margin: 0.01, sameBytes: true })).toMatchObject({
      decision: 'fail',
    });
  });

  it.each(
    METRIC_KEYS.filter((key) => !METRICS[key].paired && METRICS[key].tasks.includes('binary-classification')),
  )('%s is not comparable', (key) => {
    expect(comparePaired(key, pairs.near, { margin: 0.5 })).toMatchObject({
      decision: 'hold',
      reason: 'not-comparable',
      interval: undefined,
      pHarm: 1,
    });
  });

  it.each([
    ['a mean score without a range', 'mean_score', scored([1, 2]), scored([1, 2]), {}],
    ['errors without a bound', 'mae', regression([1, 9], [1, 2]), regression([1, 9], [1, 2]), {}],
    [
      'a margin that clipped losses cannot exceed',
      'mae',
      regression([1, 9], [1, 2]),
      regression([1, 9], [1, 9]),
      { bound: 0.5 },
    ],
  ] as const)('%s: no-bound', (...[, key, champion, challenger, options]) => {
    expect(comparePaired(key, { champion, challenger }, { margin: 1, ...options })).toMatchObject({
      decision: 'hold',
      reason: 'no-bound',
    });
  });

  it('no rows, one class, few positives: too-few-rows', () => {
    const empty = binary([], []);
    const oneClass = binary([0, 0, 0], [0.1, 0.2, 0.3]);
    const few = binary([1, 0, 0, 0, 1], [0.9, 0.1, 0.2, 0.3, 0.15]);
    const other = binary([1, 0, 0, 0, 1], [0.1, 0.9, 0.2, 0.3, 0.15]);
    expect(comparePaired('brier', { champion: empty, challenger: empty }, { margin: 0.1 })).toMatchObject({
      decision: 'hold',
      reason: 'too-few-rows',
    });
    expect(
      comparePaired('roc_auc', { champion: oneClass, challenger: oneClass }, { margin: 0.1 }),
    ).toMatchObject({ decision: 'hold', reason: 'too-few-rows' });
    expect(comparePaired('roc_auc', { champion: few, challenger: other }, { margin: 0.1 })).toMatchObject({
      decision: 'hold',
      reason: 'too-few-rows',
    });
  });

  it('harm that clipping hides holds, and the interval reaches it', () => {
    const truth = labels.map((_, row) => row % 100);
    const close = truth.map((label) => label + 10);
    const wild = close.map((value, row) => (row === 5 ? 1e6 : value - 9));
    const result = comparePaired(
      'mae',
      { champion: regression(truth, close), challenger: regression(truth, wild) },
      { margin: 2, bound: 99 },
    );
    expect(result).toMatchObject({ decision: 'hold', reason: 'interval-crosses-margin' });
    expect(result.interval?.high).toBe(result.difference);
    expect(result.method).toContain('1 row clipped at 99');
    expect(result.pHarm).toBeLessThanOrEqual(1);
  });

  it.each([
    [
      'other labels',
      { champion: binary([0, 1], [0.1, 0.2]), challenger: binary([1, 0], [0.1, 0.2]) },
      { margin: 0.1 },
      'labels differ',
    ],
    [
      'other lengths',
      { champion: scored([1]), challenger: scored([1, 2]) },
      { margin: 0.1 },
      'labels differ',
    ],
    ['a negative margin', pairs.near, { margin: -0.1 }, 'max_drop'],
    ['a NaN margin', pairs.near, { margin: NaN }, 'max_drop'],
    ['a bound of 0', pairs.near, { margin: 0.1, bound: 0 }, 'bound of log_loss'],
    ['clusters of another length', pairs.near, { margin: 0.1, clusters: new Int32Array(3) }, 'cluster ids'],
  ] as const)('%s is an error', (...[, pair, options, message]) => {
    expect(() =>
      comparePaired(pair.champion.task === 'score' ? 'mean_score' : 'log_loss', pair, options),
    ).toThrow(message);
  });

  it('a score outside its declared range is an error that names the row', () => {
    const pair = { champion: scored([0.5, 0.5]), challenger: scored([0.5, 1.5]) };
    expect(() => comparePaired('mean_score', pair, { margin: 0.1, bound: { low: 0, high: 1 } })).toThrow(
      'Score 1.5 in row 2',
    );
  });
});
