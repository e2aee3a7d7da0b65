import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../src/core/fact.ts';
import type { MetricKey } from '../../../../src/core/metric.ts';
import type { Sample } from '../../../../src/core/task.ts';
import { checkChampion } from '../../../../src/gate/checks/champion.ts';
import type { DataFacts, GateFacts } from '../../../../src/gate/facts.ts';
import type { MetricGate } from '../../../../src/verdict/metric-gate.ts';
import {
  binarySample,
  gateFacts,
  measured,
  settingsOf,
  side,
  tableFacts,
  WHY,
} from '../../../support/gate-facts.ts';

interface Duel {
  key: MetricKey;
  gate: Partial<MetricGate>;
  ours: Sample;
  theirs: Sample;
}

function duel({ key, gate, ours, theirs }: Duel, more: Partial<GateFacts> = {}) {
  const data = tableFacts({ challenger: measured(ours), champion: measured(theirs) });
  const facts = gateFacts({ data: [data], ...more });
  return checkChampion(facts, settingsOf({ [key]: gate }))[0]!;
}

const labels = Float64Array.from({ length: 1500 }, (_, i) => i % 50);
/** Predictions whose every error is this one, give or take a little that has no mean. */
const off = (error: number): Sample => ({
  task: 'regression',
  labels,
  predictions: labels.map((label, i) => label + error + (i % 2 === 0 ? 0.1 : -0.1)),
});
const [good, poor] = [binarySample(1500, 0.5), binarySample(1500, 0.3)];

describe('better and worse', () => {
  it.each<[string, Duel, string, RegExp]>([
    [
      'higher is better: gain',
      { key: 'roc_auc', gate: { maxDrop: 0.01 }, ours: good, theirs: poor },
      'pass',
      /points better than the champion's/,
    ],
    [
      'higher is better: loss',
      { key: 'roc_auc', gate: { maxDrop: 0.01 }, ours: poor, theirs: good },
      'fail',
      /points worse than .*proved to be worse/,
    ],
    [
      'lower is better: gain',
      { key: 'brier', gate: { maxDrop: 0.01 }, ours: good, theirs: poor },
      'pass',
      /better than the champion's/,
    ],
    [
      'lower is better: loss',
      { key: 'mae', gate: { maxDrop: 1, bound: 100 }, ours: off(5), theirs: off(1) },
      'fail',
      /4\.0* worse than/,
    ],
    [
      'zero is best: closer',
      { key: 'bias', gate: { maxDrop: 0.1, decide: 'point' }, ours: off(-1), theirs: off(2) },
      'pass',
      /−1\.0* against the champion's 2/,
    ],
    [
      'zero is best: further, on the other side',
      { key: 'bias', gate: { maxDrop: 0.1, decide: 'point' }, ours: off(-3), theirs: off(2) },
      'fail',
      /./,
    ],
    [
      'zero is best, by interval',
      { key: 'bias', gate: { maxDrop: 0.1 }, ours: off(3), theirs: off(1) },
      'hold',
      /worse than .* no interval .*decide: point/,
    ],
    [
      'not paired, by interval',
      { key: 'f1', gate: { maxDrop: 0.1 }, ours: good, theirs: poor },
      'hold',
      /better than .*decide: point/,
    ],
  ])('%s', (_, ...[wish, outcome, sentence]) => {
    const seen = duel(wish);
    expect(seen).toMatchObject({ outcome, role: 'gate', baselineName: 'champion' });
    expect(seen.message).toMatch(sentence);
    expect(seen.difference).toBeCloseTo(Number(seen.measured) - Number(seen.baseline), 12);
  });

  it('at the margin by points is a pass, whatever binary arithmetic makes of it', () => {
    const right = (n: number): Sample => {
      const truth = Uint8Array.from({ length: 100 }, (_, i) => i % 2);
      const decisions = truth.map((label, i) => (i < n ? label : 1 - label));
      return {
        task: 'binary-classification',
        labels: truth,
        scores: Float64Array.from(decisions),
        decisions,
      };
    };
    const gate = { maxDrop: 0.01, decide: 'point' } as const;
    expect(duel({ key: 'accuracy', gate, ours: right(79), theirs: right(80) }).outcome).toBe('pass');
    expect(duel({ key: 'accuracy', gate, ours: right(78), theirs: right(80) }).outcome).toBe('fail');
  });

  it('of what is undefined is neither', () => {
    const ones = { ...good, labels: new Uint8Array(1500).fill(1) } as Sample;
    const seen = duel({ key: 'roc_auc', gate: { maxDrop: 0.01 }, ours: ones, theirs: ones });
    expect(seen).toMatchObject({ outcome: 'hold' });
    expect(seen.message).toMatch(/undefined/);
    const never = { ...good, decisions: new Uint8Array(1500) } as Sample;
    const gate = { maxDrop: 0.01, decide: 'point' } as const;
    expect(duel({ key: 'precision', gate, ours: never, theirs: good }).outcome).toBe('error');
  });

  it('needs no proof for the same file', () => {
    const same = { ...side(), path: 'other' };
    const seen = duel({ key: 'roc_auc', gate: { maxDrop: 0 }, ours: good, theirs: good }, { champion: same });
    expect(seen).toMatchObject({ outcome: 'pass', reason: 'same-bytes' });
    expect(duel({ key: 'roc_auc', gate: { maxDrop: 0 }, ours: good, theirs: good }).outcome).toBe('hold');
  });
});

describe('without a champion', () => {
  const run = (key: MetricKey, data: Partial<DataFacts>, more: Partial<GateFacts> = {}) => {
    const table = tableFacts({ champion: undefined, naive: known(binarySample(1500, 0)), ...data });
    const facts = gateFacts({ data: [table], champion: undefined, ...more });
    return checkChampion(
      facts,
      settingsOf({ [key]: { maxDrop: 0.01, decide: key === 'ece' ? 'point' : 'interval' } }),
    )[0]!;
  };
  const asked = { noChampion: { asked: true, why: 'the clone is shallow.' } };
  it('that was asked for, it holds', () => {
    expect(run('roc_auc', {}, asked)).toMatchObject({ outcome: 'hold', role: 'gate', reason: 'no-champion' });
    expect(run('roc_auc', {}, asked).message).toMatch(/shallow/);
    expect(run('roc_auc', { champion: unknown(WHY) })).toMatchObject({
      outcome: 'hold',
      reason: 'no-champion',
    });
  });
  it('says what to do about this very cause, where that is known', () => {
    const settle = 'Fetch the history.';
    expect(run('roc_auc', {}, { noChampion: { ...asked.noChampion, settle } }).settle).toBe(settle);
    expect(run('roc_auc', {}, asked).settle).toMatch(/baseline: none/);
  });
  it('that anybody wanted, the naive predictor must be beaten, without any margin', () => {
    const seen = run('roc_auc', {});
    expect(seen).toMatchObject({ outcome: 'pass', baselineName: 'naive', limit: { value: 0 } });
    expect(seen.message).toMatch(
      /the naive predictor's .* it must not be worse at all \(the margin of 1\.00 points is for a champion, and there is none\)\.$/,
    );
  });
  it('and without a naive one it holds', () => {
    expect(run('roc_auc', { naive: unknown(WHY) })).toMatchObject({ outcome: 'hold', role: 'gate' });
  });
  it('a constant is no rival in calibration', () => {
    expect(run('ece', {})).toMatchObject({ outcome: 'hold', role: 'gate' });
  });
});
