import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../src/core/fact.ts';
import type { MetricKey } from '../../../../src/core/metric.ts';
import type { Sample } from '../../../../src/core/task.ts';
import type { Manifest } from '../../../../src/config/manifest-schema.ts';
import type { MetricsDocument } from '../../../../src/config/metrics-document.ts';
import { checkDeclared } from '../../../../src/gate/checks/declared.ts';
import { checkGolden } from '../../../../src/gate/checks/golden.ts';
import { checkManifest } from '../../../../src/gate/checks/manifest.ts';
import type { GateFacts, GoldenRow, SideFacts } from '../../../../src/gate/facts.ts';
import { computeMetric } from '../../../../src/stats/compute-metric.ts';
import {
  binarySample,
  gateFacts,
  measured,
  settingsOf,
  side,
  SIGNATURE,
  sideWith,
  tableFacts,
  WHY,
} from '../../../support/gate-facts.ts';

const TOLERANCE = 0.001;
const BINARY = binarySample(1500, 0.5);
const truth = Float64Array.from({ length: 1000 }, (_, i) => 100 + (i % 10));
const REGRESSION: Sample = {
  task: 'regression',
  labels: truth,
  predictions: truth.map((label, i) => label + (i % 2 === 0 ? 5 : -4.98)),
};
const EMPTY: MetricsDocument = {
  metrics: {},
  frozen: undefined,
  threshold: undefined,
  dataset: {},
  unknown: [],
  problems: [],
};
const documents = gateFacts().documents;

function declared(
  document: Partial<MetricsDocument> | undefined,
  more: Partial<GateFacts> = {},
  required = false,
) {
  const own = document === undefined ? undefined : { ...EMPTY, ...document };
  const facts = gateFacts({ documents: { ...documents, declared: own }, ...more });
  return checkDeclared(facts, settingsOf({}, { declared: { required, tolerance: TOLERANCE } }));
}
const claim = (sample: Sample, key: MetricKey, value: number) =>
  declared({ metrics: { [key]: value } }, { data: [tableFacts({ challenger: measured(sample) })] })[0]!;

describe('a declared metric', () => {
  // What may be off, as the config's schema tells editors: absolute, but a share of the measured value for label units.
  it.each<[MetricKey, Sample, number]>([
    ['roc_auc', BINARY, TOLERANCE],
    ['log_loss', BINARY, TOLERANCE],
    ['mcc', BINARY, TOLERANCE],
    ['r2', REGRESSION, TOLERANCE],
    ['mae', REGRESSION, TOLERANCE * computeMetric('mae', REGRESSION)],
    ['max_error', REGRESSION, TOLERANCE * 5],
    ['bias', REGRESSION, TOLERANCE * computeMetric('mae', REGRESSION)],
  ])('%s may be off by its tolerance and no more, on both sides', (key, sample, allowed) => {
    const value = computeMetric(key, sample);
    for (const sign of [1, -1]) {
      expect(claim(sample, key, value + sign * allowed * 0.999).outcome, key).toBe('pass');
      expect(claim(sample, key, value + sign * allowed * 1.01), key).toMatchObject({
        outcome: 'fail',
        reason: 'declared-differs',
        baseline: value + sign * allowed * 1.01,
      });
    }
  });

  it('exactly at the tolerance agrees, whatever binary arithmetic makes of it', () => {
    const labels = Uint8Array.from({ length: 1000 }, (_, i) => i % 2);
    const decisions = labels.map((label, i) => (i < 790 ? label : 1 - label));
    const sample: Sample = {
      task: 'binary-classification',
      labels,
      scores: Float64Array.from(decisions),
      decisions,
    };
    expect(claim(sample, 'accuracy', 0.791).outcome).toBe('pass');
  });

  it('of what is undefined here is untrue', () => {
    const never = { ...BINARY, decisions: new Uint8Array(1500) } as Sample;
    expect(claim(never, 'precision', 0.8)).toMatchObject({
      outcome: 'fail',
      message: expect.stringMatching(/undefined/),
    });
  });

  it('of the frozen table is held against that table', () => {
    const frozen = tableFacts({ role: 'frozen', challenger: measured(binarySample(1500, 0.1)) });
    const auc = computeMetric('roc_auc', BINARY);
    const checks = declared(
      { metrics: { roc_auc: auc }, frozen: { roc_auc: auc } },
      { data: [tableFacts(), frozen] },
    );
    expect(checks.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['declared', 'pass'],
      ['declared.frozen', 'fail'],
    ]);
  });

  it('of a frozen table that nobody configured is named, and decides nothing', () => {
    const auc = computeMetric('roc_auc', BINARY);
    const checks = declared({ metrics: { roc_auc: auc }, frozen: { roc_auc: auc } }, {});
    expect(checks.map(({ id, role, outcome }) => [id, role, outcome])).toEqual([
      ['declared', 'gate', 'pass'],
      ['declared.frozen', 'inform', 'hold'],
    ]);
  });

  it('that nobody here knows is named', () => {
    const auc = computeMetric('roc_auc', BINARY);
    const [check] = declared({ metrics: { roc_auc: auc }, unknown: ['metrics.gini'] });
    expect(check).toMatchObject({ outcome: 'pass', message: expect.stringMatching(/Not known here.*gini/) });
  });

  it.each<[string, Partial<MetricsDocument> | undefined, Partial<GateFacts>, boolean, [string, string]]>([
    ['no document', undefined, {}, false, ['inform', 'hold']],
    ['no document, required', undefined, {}, true, ['gate', 'fail']],
    ['an unreadable one', { problems: ['metrics.json: not JSON'] }, {}, false, ['gate', 'fail']],
    ['none of ours', { metrics: { mae: 1 } }, {}, false, ['inform', 'hold']],
    ['none of ours, required', { metrics: { mae: 1 } }, {}, true, ['gate', 'fail']],
    [
      'nothing measured',
      { metrics: { mae: 1 } },
      { data: [tableFacts({ challenger: unknown(WHY) })] },
      false,
      ['gate', 'error'],
    ],
  ])('%s', (_, ...[document, more, required, [role, outcome]]) => {
    expect(declared(document, more, required)[0]).toMatchObject({ role, outcome });
  });
});

describe('the manifest', () => {
  const fields: Partial<Manifest> = {
    model: 'bank',
    version: '1.1.0',
    features: ['a', 'b'],
    owner: 'team',
    metrics: { test: { roc_auc: computeMetric('roc_auc', BINARY) } },
  };
  const run = (
    own: Partial<Manifest>,
    more: Partial<GateFacts> = {},
    manifest: 'required' | 'optional' = 'optional',
  ) =>
    checkManifest(
      gateFacts({
        documents: { ...documents, manifest: { fields: { ...fields, ...own }, problems: [] } },
        ...more,
      }),
      settingsOf({}, { manifest }),
    );

  it('that agrees passes', () => expect(run({})).toMatchObject([{ role: 'gate', outcome: 'pass' }]));

  it.each<[string, Partial<Manifest>, Partial<GateFacts>, RegExp]>([
    ['another model', { model: 'bike' }, {}, /it says model "bike", this is "bank"/],
    ['a feature too many', { features: ['a', 'b', 'c'] }, {}, /with "c" beyond the contract's 2/],
    ['a feature too few', { features: ['a'] }, {}, /without the contract's "b"/],
    ['another order', { features: ['b', 'a'] }, {}, /another order/],
    [
      'a metric that is untrue',
      { metrics: { test: { roc_auc: 0.5 } } },
      {},
      /it says ROC-AUC 0\.5000 on test/,
    ],
    [
      'another threshold',
      { threshold: 0.3 },
      { threshold: { value: 0.5, source: 'from the config' } },
      /threshold 0\.3/,
    ],
  ])('that says wrongly %s fails, required or not', (_, ...[own, more, sentence]) => {
    for (const manifest of ['required', 'optional'] as const) {
      const [check] = run(own, more, manifest);
      expect(check).toMatchObject({ role: 'gate', outcome: 'fail', reason: 'disagrees' });
      expect(check?.message).toMatch(sentence);
    }
  });

  it.each<[string, Partial<Manifest>]>([
    ['an owner', { owner: 'TODO' }],
    ['features', { features: ['TODO'] }],
    ['metrics', { metrics: { test: {} } }],
  ])('that leaves %s open fails only where it is required', (field, own) => {
    expect(run(own)[0]).toMatchObject({ role: 'inform', outcome: 'hold', reason: 'incomplete' });
    expect(run(own, {}, 'required')[0]).toMatchObject({ role: 'gate', outcome: 'fail' });
    expect(run(own)[0]?.message).toMatch(new RegExp(field.split(' ').at(-1) ?? ''));
  });

  it('that cannot be held against anything is an error', () => {
    expect(run({}, { contract: unknown(WHY) })[0]).toMatchObject({ role: 'gate', outcome: 'error' });
    expect(run({}, { data: [tableFacts({ challenger: unknown(WHY) })] })[0]).toMatchObject({
      outcome: 'error',
    });
  });

  it('that is absent fails only where it is required', () => {
    const facts = gateFacts();
    expect(checkManifest(facts, settingsOf())[0]).toMatchObject({ role: 'inform', outcome: 'hold' });
    expect(checkManifest(facts, settingsOf({}, { manifest: 'required' }))[0]).toMatchObject({
      role: 'gate',
      outcome: 'fail',
    });
  });

  const renamed = sideWith({ ...SIGNATURE, inputs: [{ name: 'z', type: 'float32', shape: [undefined, 2] }] });
  it.each<[string, string, SideFacts, string | undefined]>([
    ['1.9.0', '2.0.0', renamed, 'pass'],
    ['1.9.0', '1.10.0', renamed, 'fail'],
    ['9.0.0', '10.0.0', renamed, 'pass'],
    ['1.9.0', '1.9.1', side(), undefined],
  ])('%s → %s with this signature', (before, ...[version, challenger, outcome]) => {
    const championManifest = { fields: { version: before }, problems: [] };
    const own = {
      ...documents,
      championManifest,
      manifest: { fields: { ...fields, version }, problems: [] },
    };
    const check = run({}, { challenger, documents: own }).find(({ id }) => id === 'manifest.version');
    expect(check?.outcome).toBe(outcome);
  });
});

describe('golden rows', () => {
  const run = (golden: GateFacts['documents']['golden'], required = false) =>
    checkGolden(
      gateFacts({ documents: { ...documents, golden } }),
      settingsOf({}, { golden: { required, tolerance: 1e-5 } }),
    )[0]!;
  const row = (expected: number[], got: number[]): GoldenRow => ({ line: 7, expected, got });
  it.each<[string, GoldenRow[], string]>([
    ['at the tolerance', [row([0.5], [0.50001])], 'pass'],
    ['beyond it', [row([0.5], [0.5001])], 'fail'],
    ['relative to large answers', [row([1000], [1000.005])], 'pass'],
    ['NaN came', [row([0.5], [Number.NaN])], 'fail'],
    ['NaN was written', [row([Number.NaN], [0.5])], 'fail'],
    ['fewer numbers', [row([0.5, 0.5], [0.5])], 'fail'],
    ['no numbers', [row([], [])], 'fail'],
    ['one of two', [row([1], [1]), row([1], [2])], 'fail'],
  ])('%s', (_, rows, outcome) => expect(run(known(rows))).toMatchObject({ role: 'gate', outcome }));

  it('that are absent fail only where they are required', () => {
    for (const nothing of [known(undefined), known([])]) {
      expect(run(nothing)).toMatchObject({ role: 'inform', outcome: 'hold' });
      expect(run(nothing, true)).toMatchObject({ role: 'gate', outcome: 'fail' });
    }
    expect(run(unknown(WHY))).toMatchObject({ role: 'gate', outcome: 'error' });
  });
});
