import { describe, expect, it } from 'vitest';
import { known } from '../../../../src/core/fact.ts';
import { evaluateGate } from '../../../../src/gate/evaluate-gate.ts';
import type { DataFacts, GateFacts } from '../../../../src/gate/facts.ts';
import type { BinaryScheme } from '../../../../src/gate/mapping/to-sample.ts';
import { judge } from '../../../../src/gate/verdict.ts';
import { binarySample, gateFacts, measured, settingsOf, tableFacts } from '../../../support/gate-facts.ts';

const settings = settingsOf({ roc_auc: { min: 0.99, maxDrop: 0.001 } });

function verdict(data: Partial<DataFacts>, more: Partial<GateFacts> = {}) {
  const checks = evaluateGate(gateFacts({ data: [tableFacts(data)], ...more }), settings);
  const failed = checks.filter(({ outcome }) => outcome === 'fail').map(({ id }) => id);
  return { ...judge(checks), checks, failed };
}

const worse = { challenger: measured(binarySample(1500, 0.1)), champion: measured(binarySample(1500, 0.5)) };
const mixedUp = (): Partial<DataFacts> => {
  const sample = binarySample(1500, 0.5);
  if (sample.task !== 'binary-classification') throw new Error('binary samples only');
  return { challenger: measured({ ...sample, scores: sample.scores.map((score) => 1 - score) }) };
};
const scheme = (more: Partial<BinaryScheme> = {}): Partial<DataFacts> => ({
  scheme: known({
    task: 'binary-classification',
    negative: 'churned',
    positive: 'stayed',
    threshold: 0.5,
    classes: ['churned', 'stayed'],
    ...more,
  }),
});

describe('a fail', () => {
  it('stands where the mapping is known', () => {
    expect(verdict(worse)).toMatchObject({ outcome: 'fail', binding: 'champion.roc_auc' });
  });

  it('holds where the classes are assumed, and that is said first', () => {
    const seen = verdict({ ...worse, ...scheme() });
    expect(seen).toMatchObject({ outcome: 'hold', binding: 'label-output.classes', failed: [] });
    expect(seen.checks.find(({ id }) => id === 'champion.roc_auc')).toMatchObject({
      outcome: 'hold',
      reason: 'mapping-assumed',
      message: expect.stringMatching(
        /proved to be worse than allowed\. But it rests on an assumption of which class/,
      ),
      settle: expect.stringContaining('--classes "churned,stayed"'),
    });
  });

  it('holds where a feature is assumed', () => {
    const contract = known({ features: ['a', 'b'], source: 'table', doubtful: ['b'] } as const);
    expect(verdict(worse, { contract })).toMatchObject({
      outcome: 'hold',
      binding: 'signature.features',
      failed: [],
    });
  });

  it('holds where the model is worse than guessing, unless everything is somebody’s word', () => {
    expect(verdict(mixedUp())).toMatchObject({
      outcome: 'hold',
      binding: 'champion.guessing.challenger',
      failed: [],
    });
    const said = {
      ...mixedUp(),
      ...scheme({ positive: '1', negative: '0', classes: ['0', '1'], positiveNamed: true }),
    };
    expect(verdict(said)).toMatchObject({ outcome: 'fail' });
    const guessed = known({ features: ['a', 'b'], source: 'table' } as const);
    const seen = verdict(said, { contract: guessed });
    expect(seen.outcome).toBe('hold');
    expect(seen.reason).toMatch(/And are the table's columns in the order of the model's features\?$/);
  });
});

describe('a gate of no metric', () => {
  it.each([
    ['none at all', {}, 'hold'],
    ['one that is compared with nobody', { roc_auc: { compare: 'off' } }, 'hold'],
    ['a floor', { roc_auc: { min: 0.5, compare: 'off' } }, 'pass'],
    ['a margin', { roc_auc: { maxDrop: 0.1 } }, 'pass'],
  ] as const)('%s', (_, metrics, outcome) => {
    const checks = evaluateGate(gateFacts(), settingsOf(metrics));
    expect(judge(checks).outcome).toBe(outcome);
    expect(checks.filter(({ id }) => id === 'metrics.none')).toHaveLength(outcome === 'hold' ? 1 : 0);
  });
});
