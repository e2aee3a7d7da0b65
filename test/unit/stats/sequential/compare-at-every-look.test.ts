import { describe, expect, it } from 'vitest';
import { METRICS } from '../../../../src/core/metric.ts';
import type { Sample } from '../../../../src/core/task.ts';
import { comparePaired } from '../../../../src/stats/compare-paired.ts';
import { comparePairedAtEveryLook } from '../../../../src/stats/sequential/compare-paired-at-every-look.ts';
import { shareDifferenceAtEveryLook } from '../../../../src/stats/sequential/share-difference.ts';
import { seededRandom } from '../../../../src/stats/random.ts';
import { binarySample, regressionSample } from '../samples.ts';

const random = seededRandom(5);
const planned = 2000;
const labels = Array.from({ length: 2000 }, (_, row) => (row % 3 === 0 ? 1 : 0));
const good = labels.map((label) => 0.25 + 0.3 * label + 0.4 * (random.uniform() - 0.5));
const near = good.map((score) => score + 0.05 * (random.uniform() - 0.5));
const bad = labels.map(() => random.uniform());
const side = (scores: readonly number[], n = 2000): Sample =>
  binarySample({ labels: labels.slice(0, n), scores: scores.slice(0, n) });
const pairs = {
  near: { champion: side(good), challenger: side(near) },
  bad: { champion: side(good), challenger: side(bad) },
  copy: { champion: side(good), challenger: side(good) },
  few: { champion: side(good, 60), challenger: side(near, 60) },
};

describe('comparePairedAtEveryLook decides', () => {
  it.each([
    ['roc_auc', 'near', 0.05, 'pass', 'within-margin'],
    ['roc_auc', 'near', 0.0005, 'hold', 'interval-crosses-margin'],
    ['roc_auc', 'bad', 0.05, 'fail', 'beyond-margin'],
    ['roc_auc', 'copy', 0.02, 'pass', 'within-margin'],
    ['roc_auc', 'copy', 0.001, 'hold', 'no-variance'],
    ['roc_auc', 'few', 0.05, 'hold', 'too-few-rows'],
    ['roc_auc', 'bad', 0, 'fail', 'beyond-margin'],
    ['brier', 'near', 0.02, 'pass', 'within-margin'],
    ['brier', 'bad', 0.02, 'fail', 'beyond-margin'],
    ['brier', 'copy', 0.001, 'hold', 'no-variance'],
    ['brier', 'few', 0.01, 'hold', 'too-few-rows'],
    ['accuracy', 'near', 0.1, 'pass', 'within-margin'],
    ['accuracy', 'bad', 0.05, 'fail', 'beyond-margin'],
    ['accuracy', 'copy', 0.01, 'pass', 'within-margin'],
    ['log_loss', 'near', 0.5, 'pass', 'within-margin'],
    ['mcc', 'near', 0.5, 'hold', 'not-comparable'],
  ] as const)('%s of %s at margin %f: %s, %s', (...[key, name, margin, decision, reason]) => {
    const result = comparePairedAtEveryLook(key, pairs[name], { margin, planned });
    expect(result).toMatchObject({ decision, reason });
    expect(result.method).toMatch(result.interval === undefined ? /^none$/ : /, valid at every look/);
  });

  it.each(['roc_auc', 'brier', 'accuracy', 'log_loss'] as const)(
    '%s: interval, decision and p-value never contradict each other, and the interval is not shorter than for one look',
    (key) => {
      for (const pair of [pairs.near, pairs.bad, pairs.copy]) {
        for (const margin of [0, 0.001, 0.01, 0.03, 0.1, 0.3]) {
          const every = comparePairedAtEveryLook(key, pair, { margin, planned });
          const once = comparePaired(key, pair, { margin });
          const sign = METRICS[key].better === 'higher' ? -1 : 1;
          const [low = NaN, high = NaN] = [every.interval?.low, every.interval?.high];
          const loss = [sign * low, sign * high].sort((a, b) => a - b) as [number, number];
          expect(every.decision).toBe(loss[1] <= margin ? 'pass' : loss[0] > margin ? 'fail' : 'hold');
          expect(every.pHarm <= 0.05).toBe(every.decision === 'fail');
          expect(every).toMatchObject({ champion: once.champion, challenger: once.challenger, n: 2000 });
          // Bets of a single look are wider where the rows show little spread.
          if (once.method.startsWith('betting')) continue;
          expect(low).toBeLessThanOrEqual(once.interval?.low ?? NaN);
          expect(high).toBeGreaterThanOrEqual(once.interval?.high ?? NaN);
        }
      }
    },
  );

  it.each(['roc_auc', 'brier', 'accuracy', 'log_loss'] as const)(
    '%s: at a margin equal to the lower end of the loss the p-value is 5 %%',
    (key) => {
      const { interval } = comparePairedAtEveryLook(key, pairs.bad, { margin: 0, planned });
      const margin = METRICS[key].better === 'higher' ? -(interval?.high ?? NaN) : (interval?.low ?? NaN);
      const { pHarm } = comparePairedAtEveryLook(key, pairs.bad, { margin, planned });
      expect(pHarm).toBeCloseTo(0.05, 5);
    },
  );

  it.each([
    ['roc_auc', 0.006],
    ['brier', 0.0012],
  ] as const)(
    '%s: with the rows that would settle a hold the upper end is a little within the margin',
    (...[key, margin]) => {
      const options = { margin, planned: 20_000 };
      const champion = side(good, 300);
      const held = comparePairedAtEveryLook(key, { champion, challenger: side(near, 300) }, options);
      expect(held.decision).toBe('hold');
      const rows = held.rowsNeeded ?? 0;
      expect(rows).toBeGreaterThan(600);
      const repeat = (scores: readonly number[]): Sample =>
        binarySample({
          labels: Array.from({ length: rows }, (_, row) => labels[row % 300] as number),
          scores: Array.from({ length: rows }, (_, row) => scores[row % 300] as number),
        });
      const later = comparePairedAtEveryLook(
        key,
        { champion: repeat(good), challenger: repeat(near) },
        options,
      );
      expect(later.decision).toBe('pass');
      const sign = key === 'roc_auc' ? -1 : 1;
      const worst = sign * ((key === 'roc_auc' ? later.interval?.low : later.interval?.high) ?? NaN);
      const share = (worst - sign * later.difference) / (margin - sign * later.difference);
      expect(share).toBeGreaterThan(0.65);
    },
  );

  it('below 10 misranked rows of the smaller class an AUC is not bounded, and the rows for them are asked for', () => {
    const few = comparePairedAtEveryLook('roc_auc', pairs.few, { margin: 0.3, planned });
    expect(few.interval).toEqual({ low: -1, high: 1 });
    const larger = Math.max(few.champion, few.challenger);
    expect(few.rowsNeeded).toBe(Math.ceil(60 * (10 / (20 * (1 - larger)))));
  });

  it('accuracy is bounded as the counts of rows that only one model gets right', () => {
    const pair = pairs.near;
    const { interval } = comparePairedAtEveryLook('accuracy', pair, { margin: 0.01, planned });
    let [championOnly, challengerOnly] = [0, 0];
    labels.forEach((label, row) => {
      const [a, b] = [good, near].map((scores) => ((scores[row] as number) >= 0.5 ? 1 : 0) === label);
      if (a && !b) championOnly++;
      if (b && !a) challengerOnly++;
    });
    const bounds = shareDifferenceAtEveryLook({
      championOnly: challengerOnly,
      challengerOnly: championOnly,
      n: 2000,
      planned,
    });
    expect(interval?.low).toBeCloseTo(-bounds.high, 8);
    expect(interval?.high).toBeCloseTo(-bounds.low, 8);
  });

  it('an absolute error needs a bound, and says how many rows were clipped at it', () => {
    const zeros = Array.from({ length: 500 }, () => 0);
    const champion = regressionSample({ labels: zeros, predictions: zeros });
    const challenger = regressionSample({
      labels: zeros,
      predictions: zeros.map((_, row) => (row === 7 ? 9 : 0)),
    });
    const pair = { champion, challenger };
    expect(comparePairedAtEveryLook('mae', pair, { margin: 0.5, planned })).toMatchObject({
      reason: 'no-bound',
    });
    const bounded = comparePairedAtEveryLook('mae', pair, { margin: 0.5, planned, bound: 4 });
    expect(bounded).toMatchObject({ decision: 'pass', method: expect.stringMatching(/1 row clipped at 4$/) });
  });

  it('the same bytes pass, no rows hold, one class holds', () => {
    const options = { margin: 0.01, planned };
    expect(comparePairedAtEveryLook('brier', pairs.copy, { ...options, sameBytes: true }).reason).toBe(
      'same-bytes',
    );
    const none = { champion: side(good, 0), challenger: side(good, 0) };
    expect(comparePairedAtEveryLook('brier', none, options).reason).toBe('too-few-rows');
    const one = binarySample({ labels: [0, 0], scores: [0.2, 0.3] });
    expect(comparePairedAtEveryLook('roc_auc', { champion: one, challenger: one }, options).reason).toBe(
      'too-few-rows',
    );
  });
});
