import { describe, expect, it } from 'vitest';
import type { MetricKey } from '../../../../src/core/metric.ts';
import { checkChampion } from '../../../../src/gate/checks/champion.ts';
import { checkMetrics } from '../../../../src/gate/checks/metrics.ts';
import { checkSlices } from '../../../../src/gate/checks/slices.ts';
import type { GateFacts, Threshold } from '../../../../src/gate/facts.ts';
import type { MetricGate } from '../../../../src/verdict/metric-gate.ts';
import { gateFacts, settingsOf, side, tableFacts } from '../../../support/gate-facts.ts';

const config = (value: number): Threshold => ({ value, source: 'from the config' });
const manifest = (value: number): Threshold => ({ value, source: 'from manifest.json' });
const nobody: Threshold = { value: 0.5, source: 'default' };

type Thresholds = [own: Threshold, theirs?: Threshold];

interface Wish {
  key: MetricKey;
  gate: Partial<MetricGate>;
  at: Thresholds;
  more?: Partial<GateFacts>;
}

function run({ key, gate, at: [own, theirs], more = {} }: Wish) {
  const data = tableFacts(theirs === undefined ? { champion: undefined } : {});
  const facts = gateFacts({
    threshold: own,
    ...(theirs === undefined ? {} : { championThreshold: theirs }),
    data: [data],
    ...more,
  });
  const settings = settingsOf({ [key]: gate });
  const checks = [...checkMetrics(facts, settings), ...checkChampion(facts, settings)];
  return checks.filter(({ role, metric }) => role === 'gate' && metric === key);
}

const floor = { min: 0.01, compare: 'off' } as const;
const drop = { maxDrop: 0.3 };

describe('a gate on decisions', () => {
  it.each<[string, Partial<MetricGate>, Thresholds, string]>([
    ['a floor, by the config', floor, [config(0.2), config(0.2)], 'pass'],
    ['a floor, nobody names one', floor, [nobody], 'pass'],
    ['a floor, its document says the usual', floor, [manifest(0.5)], 'pass'],
    ['a floor, its own document', floor, [manifest(0.2)], 'hold'],
    ['a floor, its own document and the champion’s otherwise', floor, [manifest(0.2), manifest(0.3)], 'hold'],
    ['a floor, both documents', floor, [manifest(0.2), manifest(0.2)], 'pass'],
    ['a floor, only the champion’s document', floor, [nobody, manifest(0.2)], 'pass'],
    ['a margin, by the config', drop, [config(0.2), config(0.2)], 'pass'],
    ['a margin, its own document', drop, [manifest(0.2), nobody], 'hold'],
    ['a margin, both documents', drop, [manifest(0.2), manifest(0.2)], 'pass'],
    ['a margin, only the champion’s document', drop, [nobody, manifest(0.2)], 'hold'],
    ['a margin to the naive one, its own document', drop, [manifest(0.2)], 'hold'],
    ['a margin to the naive one, nobody names one', drop, [nobody], 'pass'],
  ])('%s', (_, ...[gate, at, outcome]) =>
    expect(run({ key: 'accuracy', gate, at })).toMatchObject([{ outcome }]),
  );

  it('by points holds too, and the same file decides otherwise at another threshold', () => {
    const at: Thresholds = [manifest(0.2), nobody];
    expect(run({ key: 'f1', gate: { ...drop, decide: 'point' }, at })).toMatchObject([{ outcome: 'hold' }]);
    expect(run({ key: 'accuracy', gate: drop, at, more: { champion: side() } })).toMatchObject([
      { outcome: 'hold' },
    ]);
  });

  it('that is broken fails, whoever chose the threshold', () => {
    expect(run({ key: 'accuracy', gate: { max: 0.01, compare: 'off' }, at: [manifest(0.2)] })).toMatchObject([
      { outcome: 'fail' },
    ]);
  });

  it('holds slices too: what is proved at such a threshold is proved of another model', () => {
    const slices = [{ name: 'g', values: Array.from({ length: 1500 }, (_, i) => String(i % 2)) }];
    const at = (own: Threshold, require: 'proved' | 'shown') => {
      const settings = settingsOf(
        { accuracy: { compare: 'champion' } },
        { slices: { require, maxDrop: { accuracy: 0.3 }, minRows: 50 } },
      );
      const facts = gateFacts({ threshold: own, championThreshold: nobody, data: [tableFacts({ slices })] });
      return checkSlices(facts, settings).map(({ role, outcome }) => `${role} ${outcome}`);
    };
    expect(at(nobody, 'proved')).toEqual(['gate pass', 'inform pass', 'inform pass']);
    expect(at(manifest(0.2), 'proved')).toEqual(['gate hold', 'gate hold', 'gate hold']);
    expect(at(manifest(0.2), 'shown')).toEqual(['gate hold', 'inform hold', 'inform hold']);
  });

  it('says what to write', () => {
    const [check] = run({ key: 'recall', gate: floor, at: [manifest(0.2)] });
    expect(check?.reason).toBe('own-threshold');
    expect(check?.message).toMatch(
      /\. But it decides at a threshold of 0\.2 that only its own document names \(from manifest\.json\), and no model chooses/,
    );
    expect(check?.settle).toMatch(/into the config: outputs: { threshold: 0\.2 }/);
    expect(run({ key: 'accuracy', gate: drop, at: [nobody, manifest(0.3)] })[0]?.message).toMatch(
      /different thresholds, 0\.5 and the champion's 0\.3 \(from manifest\.json\)/,
    );
  });

  it('is none of a gate on scores', () => {
    expect(run({ key: 'roc_auc', gate: { min: 0.5, ...drop }, at: [manifest(0.2), nobody] })).toMatchObject([
      { outcome: 'pass' },
      { outcome: 'pass' },
    ]);
  });
});
