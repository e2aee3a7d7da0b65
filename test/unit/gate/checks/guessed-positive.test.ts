import { describe, expect, it } from 'vitest';
import type { MetricKey } from '../../../../src/core/metric.ts';
import { known } from '../../../../src/core/fact.ts';
import { checkChampion } from '../../../../src/gate/checks/champion.ts';
import { checkData } from '../../../../src/gate/checks/data.ts';
import { checkMetrics } from '../../../../src/gate/checks/metrics.ts';
import type { BinaryScheme } from '../../../../src/gate/mapping/to-sample.ts';
import { gateFacts, settingsOf, tableFacts } from '../../../support/gate-facts.ts';

const pair = (negative: string, positive: string, more: Partial<BinaryScheme> = {}): BinaryScheme => ({
  task: 'binary-classification',
  negative,
  positive,
  threshold: 0.5,
  classes: [negative, positive],
  ...more,
});

function run(key: MetricKey, scheme: BinaryScheme, { threshold = 0.5, max = 1 } = {}) {
  const facts = gateFacts({
    threshold: { value: threshold, source: 'from the config' },
    data: [tableFacts({ scheme: known(scheme) })],
  });
  const settings = settingsOf({ [key]: { max, maxDrop: 0.3, decide: 'point' } });
  return [...checkMetrics(facts, settings), ...checkChampion(facts, settings)].filter(
    ({ role, metric }) => role === 'gate' && metric === key,
  );
}

describe('a gate that depends on which class is positive', () => {
  const named = { positiveNamed: true };
  it.each<[string, MetricKey, BinaryScheme, string]>([
    ['1 and 2', 'recall', pair('2', '1'), 'hold'],
    [
      'stayed and churned, by the file',
      'precision',
      pair('churned', 'stayed', { classesFrom: 'file' }),
      'hold',
    ],
    ['the same, by the config', 'f1', pair('churned', 'stayed', { classesFrom: 'config' }), 'hold'],
    ['the same, of ranks', 'average_precision', pair('churned', 'stayed'), 'hold'],
    ['somebody named it', 'recall', pair('churned', 'stayed', named), 'pass'],
    ['0 and 1', 'recall', pair('0', '1'), 'pass'],
    ['No and YES', 'recall', pair('No', 'YES'), 'pass'],
    ['neg and pos', 'f1', pair('neg', 'pos'), 'pass'],
    ['yes and no, turned round', 'f1', pair('yes', 'no'), 'hold'],
    ['another metric', 'roc_auc', pair('2', '1'), 'pass'],
    ['accuracy at one half', 'accuracy', pair('2', '1'), 'pass'],
  ])('%s', (_, ...[key, scheme, outcome]) =>
    expect(run(key, scheme).map((check) => check.outcome)).toEqual([outcome, outcome]),
  );

  it('is accuracy too, at another threshold', () => {
    const outcomes = (scheme: BinaryScheme) =>
      run('accuracy', scheme, { threshold: 0.3 }).map((check) => check.outcome);
    expect(outcomes(pair('2', '1'))).toEqual(['hold', 'hold']);
    expect(outcomes(pair('0', '1'))).toEqual(['pass', 'pass']);
  });

  it('is the number of positive rows too', () => {
    const outcome = (scheme: BinaryScheme) => {
      const labels = known(Array.from({ length: 1500 }, (_, i) => (i % 2 ? '1' : '2')));
      const facts = gateFacts({ data: [tableFacts({ scheme: known(scheme), labels })] });
      return checkData(facts, settingsOf({}, { data: { minPositives: 10 } })).find(
        ({ id }) => id === 'data.positives',
      )?.outcome;
    };
    expect([outcome(pair('2', '1')), outcome(pair('2', '1', { positiveNamed: true }))]).toEqual([
      'hold',
      'pass',
    ]);
  });

  it('fails neither: the other class may be the one', () => {
    const [check] = run('recall', pair('churned', 'stayed'), { max: 0.01 });
    expect(check).toMatchObject({ outcome: 'hold', reason: 'positive-guessed' });
    expect(check?.message).toMatch(
      /above the ceiling .*But that depends on which class is the positive one, and nobody named it \("stayed" was taken, not "churned"\)\.$/,
    );
    expect(check?.settle).toBe(
      'Name the positive class: --positive "stayed" (or "churned"), or outputs: { positive: "stayed" } in the config.',
    );
  });
});
