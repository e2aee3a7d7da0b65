import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shadowFromConfig } from '../../../../src/app/shadow/request-from-config.ts';
import { shadowFromFlags } from '../../../../src/app/shadow/request-from-flags.ts';
import { parseConfig } from '../../../../src/config/parse-config.ts';
import { DEFAULT_SHADOW_SETTINGS as DEFAULTS } from '../../../../src/shadow/settings.ts';

function fromText(text: string, overrides = {}) {
  return shadowFromConfig({ config: parseConfig(text, 'k.yml'), path: 'k.yml', text } as never, overrides);
}

const SMALL = (shadow: string, gates = '') => `version: 1
models:
  bank:
    task: binary-classification
    artifact: models/bank
    contract: { features: [a] }
    data: { test: { path: t.csv, label: y, id: id }, train: { path: train.csv }, slices: [job] }
    gates: { metrics: { roc_auc: { min: 0.7, max_drop: 0.01 }, f1: { max_drop: 0.1, decide: point } }${gates} }
    ${shadow === '' ? '' : `shadow: ${shadow}`}
`;

describe('a shadow by config', () => {
  it('has everything that the config says', () => {
    const request = fromText(readFileSync('test/fixtures/config/bank.yml', 'utf8'), {
      environment: 'production',
    });
    expect(request).toMatchObject({
      model: 'bank',
      environment: 'production',
      task: 'binary-classification',
      columns: {
        id: 'request_id',
        champion: { score: 'champion.score', version: 'champion.version' },
        features: 'features',
      },
      labelColumns: { id: 'request', label: 'subscribed', labelTime: 'known_at' },
      trustLog: false,
      window: { from: Date.parse('2026-01-01'), to: Date.parse('2026-03-31T23:59:59.5Z') },
      positive: 1,
      threshold: 0.15,
      features: ['age', 'job'],
      referenceAsked: true,
      slices: { wanted: [{ column: 'job' }, { column: 'age', edges: [30, 45, 60] }], asked: true },
      maturedAfter: 14 * 86_400_000,
      plannedUntil: '2026-04-30T00:00:00.000Z',
      maxRejected: 10,
      smoothing: 'floor',
      defaultMetrics: false,
      settings: {
        metrics: {
          roc_auc: { maxDrop: 0.01, min: 0.7, decide: 'interval' },
          log_loss: { maxDrop: 0.01, bound: 5 },
        },
        slices: { maxDrop: { roc_auc: 0.05 }, minRows: 100 },
        coverage: { maxUnmatched: 0.01, maxDuplicates: 0.01, maxMalformed: 0, maxUnlabelled: 0.5 },
        disagreement: { max: 0.3, tolerance: 0.001 },
        errors: { max: 0.02, maxIncrease: 0.01 },
        latency: { p50: 1, p95: 5, p99: 50, maxRatio: 1.5 },
        drift: { maxPsi: 0.25 },
        plannedLabels: 20_000,
      },
    });
    expect(request.signOff).toEqual([
      'Data scientist: a gate verdict that passes for production.',
      expect.stringContaining('registered as evidence (known-good register --model bank'),
      'Release manager: healthy in staging first.',
      'Approvers: 1 approval.',
      'Over a hold, with a reason: alice, bob.',
      expect.stringMatching(/^Afterwards: known good in production after /),
    ]);
  });

  it('takes the margins of the gates, not their floors and not what only points decide', () => {
    const { settings, defaultMetrics } = fromText(SMALL('{ log: [a.csv] }'));
    expect([settings.metrics, defaultMetrics]).toEqual([
      { roc_auc: { maxDrop: 0.01, compare: 'champion', decide: 'interval' } },
      false,
    ]);
    expect(settings).toMatchObject({
      coverage: DEFAULTS.coverage,
      errors: DEFAULTS.errors,
      disagreement: { max: 0.3 },
    });
  });

  it('takes default margins where none is left, never none', () => {
    const text = SMALL('{ log: [a.csv] }').replace('roc_auc: { min: 0.7, max_drop: 0.01 }, ', '');
    expect(fromText(text)).toMatchObject({ settings: { metrics: {} }, defaultMetrics: true });
  });

  it('does not bring back what its own metrics switch off', () => {
    const request = fromText(
      SMALL('{ log: [a.csv], metrics: { roc_auc: { max_drop: 0.01, compare: off } } }'),
    );
    expect(request).toMatchObject({
      defaultMetrics: false,
      settings: { metrics: { roc_auc: { compare: 'off' } } },
    });
  });

  it('may do without slices and a reference that are only defaults', () => {
    expect(fromText(SMALL('{ log: [a.csv] }'))).toMatchObject({
      slices: { wanted: [{ column: 'job' }], asked: false },
      referenceAsked: false,
    });
  });

  it('needs a log, by the config or by name', () => {
    expect(() => fromText(SMALL(''))).toThrow(/"bank" has no shadow section that names its log/);
    expect(fromText(SMALL(''), { log: ['b.csv'] })).toMatchObject({ log: ['b.csv'], labels: [] });
  });

  it('is another one, by its digest, where a limit is another one', () => {
    const gatesOf = (text: string) => fromText(text).config?.gates;
    expect(gatesOf(SMALL('{ log: [a.csv] }'))).toBe(gatesOf(`# a comment\n${SMALL('{ log: [a.csv] }')}`));
    expect(gatesOf(SMALL('{ log: [a.csv] }'))).not.toBe(gatesOf(SMALL('{ log: [a.csv], min_rows: 60 }')));
    expect(gatesOf(SMALL('{ log: [a.csv] }'))).not.toBe(
      gatesOf(SMALL('{ log: [a.csv] }').replace('0.01', '0.02')),
    );
  });
});

describe('a shadow by flags', () => {
  it('guesses what nobody says, and trusts nothing', () => {
    expect(shadowFromFlags({ log: ['a.csv'], labels: [], slices: ['job'] })).toMatchObject({
      model: 'model',
      trustLog: false,
      defaultMetrics: true,
      maxRejected: 0,
      slices: { wanted: [{ column: 'job' }], asked: true },
      settings: DEFAULTS,
    });
  });

  it.each([
    ['1', 1],
    ['yes', 'yes'],
    ['', ''],
    ['-1', -1],
  ])('reads the positive class %o as %o', (text, positive) => {
    expect(shadowFromFlags({ log: ['a'], labels: [], slices: [], positive: text }).positive).toBe(positive);
  });
});
