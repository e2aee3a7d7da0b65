import { describe, expect, it } from 'vitest';
import { checkLog } from '../../../../src/shadow/checks/log.ts';
import type { LogFacts, ShadowFacts } from '../../../../src/shadow/facts.ts';
import { DEFAULT_SHADOW_SETTINGS as DEFAULTS, type ShadowSettings } from '../../../../src/shadow/settings.ts';
import { logged, resultsOf, saidBy, shadowFacts, shadowSettings } from '../../../support/shadow-facts.ts';

const allowing = (coverage: Partial<ShadowSettings['coverage']>) =>
  shadowSettings({ coverage: { ...DEFAULTS.coverage, ...coverage } });
const malformed = (column: string, count: number, rows = 8000): LogFacts['malformed'][number] => ({
  column,
  count,
  rows,
  example: { value: 'abc', path: 'logs/a.csv', line: 1200 },
});

describe('what the log is', () => {
  it('says nothing where everything is in order', () => {
    expect(saidBy(checkLog, shadowFacts())).toEqual({});
  });

  it.each<[string, Partial<ShadowFacts>, Record<string, string>]>([
    ['unbound', { binding: 'unbound' }, { 'log.versions': 'gate hold: unbound' }],
    ['trusted', { binding: 'trusted' }, { 'log.versions': 'inform pass: trusted' }],
    ['without a request that counts', { window: undefined }, { 'log.requests': 'gate hold: no-requests' }],
  ])('%s', (_, facts, said) => {
    expect(saidBy(checkLog, shadowFacts(facts))).toEqual(said);
  });

  it('tells which releases most rows are of, where none counts', () => {
    const names = [{ champion: '', challenger: '3.0.0', rows: 7000 }];
    const facts = { ...logged({ otherVersions: { rows: 8000, names } }), window: undefined };
    expect(resultsOf(checkLog, facts)['log.requests']?.message).toBe(
      'None of the 8,000 rows of the log counts for "2.0.0" in shadow of "1.0.0". Most rows are of no version and "3.0.0" (7,000 rows).',
    );
  });
});

describe('rows that are left out', () => {
  it.each<[string, Partial<LogFacts>, ShadowSettings, Record<string, string>]>([
    ['malformed', { malformed: [malformed('a', 1)] }, DEFAULTS, { 'log.malformed': 'gate error: malformed' }],
    [
      'malformed, allowed',
      { malformed: [malformed('a', 80)] },
      allowing({ maxMalformed: 0.01 }),
      { 'log.malformed': 'gate pass: within-limit' },
    ],
    [
      'malformed, one more than allowed',
      { malformed: [malformed('a', 1), malformed('b', 81)] },
      allowing({ maxMalformed: 0.01 }),
      { 'log.malformed': 'gate error: malformed' },
    ],
    [
      'malformed in a short label file',
      { malformed: [malformed('a', 80), malformed('labels.label', 5, 10)] },
      allowing({ maxMalformed: 0.01 }),
      { 'log.malformed': 'gate error: malformed' },
    ],
    ['without an id', { withoutId: 1 }, DEFAULTS, { 'log.unusable': 'gate error: above-max' }],
    ['without a time', { withoutTime: 1 }, DEFAULTS, { 'log.unusable': 'gate error: above-max' }],
    ['from the future', { fromFuture: 1 }, DEFAULTS, { 'log.unusable': 'gate error: above-max' }],
    [
      'unusable, allowed',
      { withoutId: 40, withoutTime: 20, fromFuture: 20 },
      allowing({ maxMalformed: 0.01 }),
      { 'log.unusable': 'gate pass: within-limit' },
    ],
    [
      'unusable, together more than allowed',
      { withoutId: 40, withoutTime: 20, fromFuture: 21 },
      allowing({ maxMalformed: 0.01 }),
      { 'log.unusable': 'gate error: above-max' },
    ],
    [
      'without a version, few',
      { withoutVersion: 80 },
      DEFAULTS,
      { 'log.without-version': 'gate pass: within-limit' },
    ],
    [
      'without a version, many',
      { withoutVersion: 81 },
      DEFAULTS,
      { 'log.without-version': 'gate hold: above-max' },
    ],
    [
      'repeated, few',
      { duplicates: { rows: 80, differing: 80 } },
      DEFAULTS,
      { 'log.duplicates': 'gate pass: within-limit' },
    ],
    [
      'repeated, many',
      { duplicates: { rows: 81, differing: 0 } },
      DEFAULTS,
      { 'log.duplicates': 'gate fail: above-max' },
    ],
    ['broken lines', { rejected: { count: 2 } }, DEFAULTS, { 'log.rejected': 'inform pass: rejected' }],
    [
      'outside of the window',
      { outsideWindow: 5 },
      DEFAULTS,
      { 'log.outside-window': 'inform pass: outside-window' },
    ],
    [
      'other versions',
      { otherVersions: { rows: 5, names: [] } },
      DEFAULTS,
      { 'log.other-versions': 'inform pass: other-versions' },
    ],
    ['swapped', { swapped: 5 }, DEFAULTS, { 'log.swapped': 'inform pass: swapped' }],
  ])('%s', (_, ...[log, settings, said]) => {
    expect(saidBy(checkLog, logged(log), settings)).toEqual(said);
  });

  it('are told with the worst column, the place and what to do', () => {
    const { 'log.malformed': found } = resultsOf(
      checkLog,
      logged({ malformed: [malformed('label', 800), malformed('ms', 1)] }),
    );
    expect(found).toMatchObject({ measured: 0.1, n: 8000, limit: { rule: 'max', value: 0 } });
    expect(found?.message).toBe(
      'Some values are not what their column holds, and count as missing. "label": 800 values, the first is "abc" in "logs/a.csv", line 1,200; "ms": 1 value, the first is "abc" in "logs/a.csv", line 1,200.',
    );
    expect(found?.settle).toContain('name the positive class');
  });
});
