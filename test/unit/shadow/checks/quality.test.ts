import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../src/core/fact.ts';
import { checkPromise } from '../../../../src/shadow/checks/promise.ts';
import { checkQuality } from '../../../../src/shadow/checks/quality.ts';
import { checkSlices } from '../../../../src/shadow/checks/slices.ts';
import { evaluateShadow, judgeShadow } from '../../../../src/shadow/evaluate-shadow.ts';
import type { Promised, ShadowFacts } from '../../../../src/shadow/facts.ts';
import type { ShadowSettings } from '../../../../src/shadow/settings.ts';
import type { MetricGate } from '../../../../src/verdict/metric-gate.ts';
import {
  logged,
  pairedRows,
  resultsOf,
  saidBy,
  shadowFacts,
  shadowSettings,
  sliceOf,
  type Skill,
} from '../../../support/shadow-facts.ts';

const gate = (more: Partial<MetricGate>): MetricGate => ({
  compare: 'champion',
  decide: 'interval',
  ...more,
});
const AUC = (more: Partial<MetricGate>): ShadowSettings =>
  shadowSettings({ metrics: { roc_auc: gate(more) } });
const rows = (skill: Skill): ShadowFacts => shadowFacts({ matured: known(pairedRows(skill)) });

describe('quality against the champion', () => {
  it.each<[string, Skill, string]>([
    ['better', { challenger: 0.7 }, 'gate pass: within-margin'],
    ['the same, on few rows', { n: 400, challenger: 0.5 }, 'gate hold: interval-crosses-margin'],
    ['worse', { challenger: 0.2 }, 'gate fail: beyond-margin'],
    ['on twenty rows', { n: 20, challenger: 1 }, 'gate hold: too-few-rows'],
    ['with one class alone', { positives: 0, challenger: 1 }, 'gate hold: too-few-rows'],
    ['with the other class alone', { positives: 1, challenger: 1 }, 'gate hold: too-few-rows'],
  ])('%s', (_, skill, said) => {
    expect(saidBy(checkQuality, rows(skill), AUC({ maxDrop: 0.01 }))['champion.roc_auc']).toBe(said);
  });

  it('is shown where nobody asks for it', () => {
    const all = saidBy(checkQuality, rows({}), AUC({ maxDrop: 0.01, compare: 'off' }));
    expect(new Set(Object.values(all))).toEqual(new Set(['inform pass: shown']));
    expect(Object.keys(all)).toContain('metrics.roc_auc');
  });

  it('is nothing without labels', () => {
    expect(saidBy(checkQuality, shadowFacts({ matured: unknown('none') }), AUC({ maxDrop: 0.01 }))).toEqual(
      {},
    );
    expect(saidBy(checkQuality, rows({ n: 0 }), AUC({ maxDrop: 0.01 }))).toEqual({});
  });

  it('says how much longer the shadow should run', () => {
    const { 'champion.roc_auc': found } = resultsOf(
      checkQuality,
      rows({ n: 900, challenger: 0.5 }),
      AUC({ maxDrop: 0.02 }),
    );
    expect(found?.outcome).toBe('hold');
    expect(found?.settle).toMatch(
      /^Let the shadow run on: ≈ [\d,]+ more labelled requests, about \d+ days at this rate, would probably settle it\.$/,
    );
  });

  it.each<[string, Partial<MetricGate>, string]>([
    ['a floor that is kept', { min: 0.6 }, 'gate pass: within-limit'],
    ['a floor on the edge', { min: 0.885 }, 'gate hold: not-proved'],
    ['a floor that is broken', { min: 0.99 }, 'gate fail: beyond-limit'],
    ['a floor on the edge, by the point', { min: 0.885, decide: 'point' }, 'gate pass: within-limit'],
  ])('%s', (_, more, said) => {
    expect(saidBy(checkQuality, rows({ challenger: 0.54 }), AUC(more))['metrics.roc_auc.min']).toBe(said);
  });

  it('an undefined metric breaks a floor', () => {
    expect(saidBy(checkQuality, rows({ positives: 0 }), AUC({ min: 0.1 }))['metrics.roc_auc.min']).toBe(
      'gate error: undefined',
    );
  });
});

describe('slices', () => {
  const three = sliceOf('job', ['admin', 'student', 'rare'], (row) =>
    row % 100 === 0 ? 2 : row % 3 === 0 ? 1 : row % 7 === 0 ? -1 : 0,
  );
  const said = (skill: Skill, settings = AUC({ maxDrop: 0.02 })) =>
    saidBy(checkSlices, rows({ slices: [three], champion: 0.2, challenger: 0.5, ...skill }), settings);

  it('that are fine inform', () => {
    expect(said({})).toEqual({
      'slices.roc_auc.job is empty': 'inform pass: within-margin',
      'slices.roc_auc.job = admin': 'inform pass: within-margin',
      'slices.roc_auc.job = student': 'inform pass: within-margin',
      'slices.too_few': 'inform pass: too-few-rows',
    });
  });

  it('that are harmed fail, whatever the others do', () => {
    expect(said({ challengerOn: { 1: -0.3 } })).toMatchObject({
      'slices.roc_auc.job = admin': 'inform pass: within-margin',
      'slices.roc_auc.job = student': 'gate fail: harm-proved',
    });
  });

  it('that have no label in a column count as one', () => {
    expect(said({ challengerOn: { [-1]: -0.8 } })['slices.roc_auc.job is empty']).toBe(
      'gate fail: harm-proved',
    );
  });

  it('are judged by their own margin where there is one', () => {
    const settings = { ...AUC({ maxDrop: 0.02 }), slices: { maxDrop: { roc_auc: 0.9 }, minRows: 50 } };
    expect(said({ challengerOn: { 1: -0.3 } }, settings)['slices.roc_auc.job = student']).toBe(
      'inform pass: within-margin',
    );
  });

  it('are not left out without a word where no metric has a margin', () => {
    expect(said({}, shadowSettings())['slices.none']).toBe('inform hold: no-margin');
  });

  it('are nothing where nobody asks for any', () => {
    expect(said({ slices: [] })).toEqual({});
  });
});

describe('what was promised', () => {
  const promised = (difference: number, interval?: readonly [number, number]): Promised => ({
    metric: 'roc_auc',
    champion: 0.8,
    challenger: 0.8 + difference,
    difference,
    ...(interval === undefined ? {} : { interval }),
  });
  const kept = (promise: Promised, skill: Skill) =>
    saidBy(checkPromise, { ...rows(skill), promised: known([promise]) }, AUC({ maxDrop: 0.01 }))[
      'promise.roc_auc'
    ];

  it.each<[string, Promised, Skill, string]>([
    ['is kept', promised(0.03), { challenger: 0.7 }, 'inform pass: kept'],
    ['is exceeded', promised(0.001), { challenger: 0.7 }, 'inform pass: kept'],
    ['is broken', promised(0.2), { challenger: 0.5 }, 'inform hold: broken'],
    ['is kept as far as it went', promised(0.2, [-0.05, 0.4]), { challenger: 0.5 }, 'inform pass: kept'],
    ['is not proved on few rows', promised(0.2), { n: 20 }, 'inform hold: undecided'],
  ])('%s', (_, ...[promise, skill, said]) => {
    expect(kept(promise, skill)).toBe(said);
  });

  it.each([
    [-0.01, 'inform pass: kept'],
    [-0.2, 'inform hold: broken'],
  ])('is read the other way round where less is better: %s', (difference, said) => {
    const promise = { ...promised(difference), metric: 'brier' } as const;
    const facts = { ...rows({ champion: 0.2, challenger: 0.5 }), promised: known([promise]) };
    expect(saidBy(checkPromise, facts)['promise.brier']).toBe(said);
  });

  it('is not known, or not looked at', () => {
    expect(saidBy(checkPromise, shadowFacts({ promised: unknown('it compares nothing.') }))).toEqual({
      promise: 'inform hold: no-evaluation',
    });
    expect(saidBy(checkPromise, shadowFacts())).toEqual({});
  });
});

describe('the whole shadow', () => {
  const settings = AUC({ maxDrop: 0.01 });
  const judged = (facts: ShadowFacts, of = settings) => judgeShadow(evaluateShadow(facts, of));

  it('passes where everything that was asked is proved', () => {
    expect(judged(rows({ challenger: 0.8 })).outcome).toBe('pass');
  });

  it.each<[string, ShadowFacts, ShadowSettings, string, string]>([
    [
      'no labels before anything else that holds',
      shadowFacts({
        matured: unknown('none'),
        labels: { ...shadowFacts().labels, absent: true },
        coverage: { both: 100, championOnly: 0, challengerOnly: 0, neither: 0 },
      }),
      settings,
      'hold',
      'labels.known',
    ],
    [
      'an empty log before that nobody knows whose it is',
      { ...logged({ rows: 0 }), window: undefined, binding: 'unbound', matured: unknown('none') },
      settings,
      'hold',
      'log.requests',
    ],
    ['no metric that decides', rows({ challenger: 0.8 }), shadowSettings(), 'hold', 'metrics.none'],
    [
      'harm before what only holds',
      { ...rows({ challenger: 0.2 }), binding: 'unbound' },
      settings,
      'fail',
      'champion.roc_auc',
    ],
    [
      'an unbound log, however good',
      { ...rows({ challenger: 0.8 }), binding: 'unbound' },
      settings,
      'hold',
      'log.versions',
    ],
  ])('%s', (_, ...[facts, of, outcome, binding]) => {
    expect(judged(facts, of)).toMatchObject({ outcome, binding });
  });

  it('goes on where a check breaks off, and does not pass', () => {
    const facts = { ...rows({ challenger: 0.8 }), agreement: undefined as never };
    const checks = evaluateShadow(facts, settings);
    expect(checks.find(({ id }) => id === 'agreement')).toMatchObject({
      role: 'gate',
      outcome: 'error',
      reason: 'check-failed',
    });
    expect(checks.map(({ id }) => id)).toContain('champion.roc_auc');
    expect(judgeShadow(checks).outcome).toBe('error');
  });

  it('gives every result its own id', () => {
    const twice = { name: 'age', why: 'it is text' };
    const drift = { findings: [], noReference: undefined, unmeasured: [twice, twice], absent: [] };
    const ids = evaluateShadow({ ...rows({}), drift }, settings).map(({ id }) => id);
    expect(ids.filter((id) => id.startsWith('drift.reference.age'))).toEqual([
      'drift.reference.age',
      'drift.reference.age (2)',
    ]);
  });
});
