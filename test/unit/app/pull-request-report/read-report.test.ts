import { describe, expect, it } from 'vitest';
import { checkOf, markerOf } from '../../../../src/app/pull-request-report/post-comment.ts';
import { readReport } from '../../../../src/app/pull-request-report/read-report.ts';
import type { Verdict } from '../../../../src/core/verdict.ts';
import { failing, passing } from '../../../support/sample-bank-verdicts.ts';
import { SHADOW_SAMPLES } from '../../../support/sample-shadow-verdicts.ts';

const read = (verdict: unknown) => readReport(JSON.stringify(verdict), 'v.json');

describe('a verdict that is read to be posted', () => {
  it('says what its own checks add up to, whatever it says of itself', () => {
    const told = read({ ...failing, reason: 'All is well.', binding: 'metrics.none' });
    expect(told).toMatchObject({ outcome: 'fail', binding: 'declared.roc_auc' });
    expect(told.reason).toMatch(/^metrics\.json declares 0\.7951/);
    expect(read({ ...passing, binding: 'metrics.none' })).not.toHaveProperty('binding');
  });

  it.each(Object.entries(SHADOW_SAMPLES))('of a shadow too: %s', (_name, { verdict }) => {
    expect(read(verdict).outcome).toBe(verdict.outcome);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'a better outcome than its checks',
      { ...failing, outcome: 'pass' },
      /says "pass", and its checks add up to "fail"/,
    ],
    ['a pass without checks', { ...passing, checks: [] }, /add up to "hold"/],
    ['checks of a shadow in a gate', { ...passing, kind: 'other' }, /v\.json is no verdict \(kind: /],
    ['no verdict', [], /v\.json is no verdict/],
  ])('is refused for %s', (_name, verdict, sentence) => {
    expect(() => read(verdict)).toThrow(sentence);
  });
});

describe('the identity of its comment', () => {
  const marker = (changes: Partial<Verdict>) => markerOf({ ...passing, ...changes });

  it('is its kind, model and environment', () => {
    expect(marker({})).toBe('gate:bank:production');
    expect(marker({ kind: 'shadow', environment: undefined })).toBe('shadow:bank:');
  });

  it('is another one for every other name', () => {
    expect(marker({ model: 'a:b', environment: '' })).not.toBe(marker({ model: 'a', environment: 'b:' }));
    expect(marker({ model: '\ud800' })).toBe(String.raw`gate:%5Cud800:production`);
  });
});

describe('its check', () => {
  it.each([
    ['pass', 'success'],
    ['hold', 'action_required'],
    ['fail', 'failure'],
    ['error', 'failure'],
  ] as const)('is for %s %s: only a pass is green, and nothing is neutral', (outcome, conclusion) => {
    expect(checkOf({ ...passing, outcome }, 'title')).toEqual({
      name: 'Known Good gate: bank → production',
      conclusion,
      title: 'title',
    });
  });
});
