import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../src/core/fact.ts';
import { checkLabels } from '../../../../src/shadow/checks/labels.ts';
import type { LabelFacts, ShadowFacts } from '../../../../src/shadow/facts.ts';
import { DEFAULT_SHADOW_SETTINGS as DEFAULTS } from '../../../../src/shadow/settings.ts';
import {
  labelled,
  pairedRows,
  resultsOf,
  saidBy,
  shadowFacts,
  shadowSettings,
} from '../../../support/shadow-facts.ts';

const PASS = { 'labels.missing': 'gate pass: within-limit' };
const without = (facts: ShadowFacts, why: string): ShadowFacts => ({ ...facts, matured: unknown(why) });
const unmatured = (labels: Partial<LabelFacts>): ShadowFacts => ({
  ...labelled(labels),
  matured: known(pairedRows({ n: 0 })),
});

describe('labels', () => {
  it.each<[string, ShadowFacts, Record<string, string>]>([
    ['of every request', shadowFacts(), PASS],
    [
      'that nobody has',
      without(labelled({ absent: true }), 'none'),
      { 'labels.known': 'gate hold: no-labels' },
    ],
    [
      'that cannot be used',
      without(shadowFacts(), 'they have three values'),
      { 'labels.known': 'gate error: unusable' },
    ],
    [
      'that have not come yet',
      unmatured({ matured: 100, missing: 100 }),
      { 'labels.known': 'gate hold: no-matured-labels' },
    ],
    [
      'that are all too young',
      unmatured({ matured: 0, immature: 50, waiting: 50 }),
      { 'labels.known': 'gate hold: no-matured-labels' },
    ],
    ['of a task of scores', shadowFacts({ task: 'score', matured: unknown('none') }), {}],
    ['of no request', shadowFacts({ window: undefined, matured: unknown('none') }), {}],
    ['that half of the requests lack', labelled({ missing: 4000 }), PASS],
    [
      'that more than half of the requests lack',
      labelled({ missing: 4001 }),
      { 'labels.missing': 'gate hold: above-max' },
    ],
    ['younger ones beside', labelled({ immature: 5 }), { ...PASS, 'labels.maturity': 'inform pass: shown' }],
    [
      'without times',
      labelled({ maturedUntil: undefined, delayP95Ms: undefined }),
      { ...PASS, 'labels.maturity': 'inform hold: no-label-times' },
    ],
    [
      'that correct others',
      labelled({ corrections: 3 }),
      { ...PASS, 'labels.oddities': 'inform pass: shown' },
    ],
    [
      'one of which is impossible',
      labelled({ beforeRequest: 1 }),
      { ...PASS, 'labels.impossible': 'gate hold: above-max' },
    ],
  ])('%s', (_, facts, said) => {
    expect(saidBy(checkLabels, facts)).toEqual(said);
  });

  it.each<[string, LabelFacts['byDecision'], number, string | undefined]>([
    [
      'for both decisions alike',
      { positive: { rows: 4000, missing: 1000 }, negative: { rows: 4000, missing: 1000 } },
      2000,
      undefined,
    ],
    [
      'for what was refused never',
      { positive: { rows: 5000, missing: 0 }, negative: { rows: 3000, missing: 3000 } },
      3000,
      'gate hold: selected-labels',
    ],
    [
      'for what was approved never',
      { positive: { rows: 500, missing: 500 }, negative: { rows: 7500, missing: 0 } },
      500,
      'gate hold: selected-labels',
    ],
    [
      'for few that were approved',
      { positive: { rows: 49, missing: 49 }, negative: { rows: 7951, missing: 0 } },
      49,
      undefined,
    ],
    [
      'for one decision alone',
      { positive: { rows: 0, missing: 0 }, negative: { rows: 8000, missing: 3000 } },
      3000,
      undefined,
    ],
    ['of a task without decisions', undefined, 3000, undefined],
  ])('come %s', (_, ...[byDecision, missing, said]) => {
    expect(saidBy(checkLabels, labelled({ byDecision, missing }))['labels.selected']).toBe(said);
  });

  it('may be missing or impossible as far as the config allows', () => {
    const coverage = { ...DEFAULTS.coverage, maxUnlabelled: 0.9, maxMalformed: 0.01 };
    const facts = labelled({
      missing: 7000,
      beforeRequest: 5,
      byDecision: { positive: { rows: 4000, missing: 3600 }, negative: { rows: 4000, missing: 3400 } },
    });
    expect(saidBy(checkLabels, facts, shadowSettings({ coverage }))).toEqual({
      ...PASS,
      'labels.impossible': 'gate pass: within-limit',
    });
  });

  it('that are too young are told with how long labels take', () => {
    const facts = unmatured({ matured: 0, immature: 50, waiting: 51 });
    expect(resultsOf(checkLabels, facts)['labels.known']?.message).toBe(
      'No request that both models answered has a label that decides, after 10 days. 101 requests are too young to decide (95 % of labels come within 24 hours).',
    );
  });
});
