import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../../src/core/check.ts';
import { baselineCell, differenceCell, limitCell, measuredCell } from '../../../src/report/check-cells.ts';
import { checkName } from '../../../src/report/check-name.ts';
import { plainText } from '../../../src/report/document.ts';
import { intervalRow } from '../../../src/report/interval-rows.ts';
import { told } from '../../support/sample-checks.ts';

const check = (changes: Partial<CheckResult>): CheckResult => told('metrics', 'm', changes);

describe('limitCell', () => {
  it.each<[Partial<CheckResult>, string]>([
    [{}, '—'],
    [{ metric: 'roc_auc', limit: { rule: 'min', value: 0.75 } }, '≥ 0.7500'],
    [{ metric: 'roc_auc', limit: { rule: 'max_drop', value: 0.01 } }, '≥ −1.00 points'],
    [{ metric: 'brier', limit: { rule: 'max_drop', value: 0.005 } }, '≤ +0.50 points'],
    [{ metric: 'roc_auc', limit: { rule: 'max_drop', value: 0 } }, '≥ 0.00 points'],
    [{ metric: 'mae', measured: 20.6, limit: { rule: 'max_drop', value: 2 } }, '≤ +2.00'],
    [{ unit: 'ms', measured: 0.02, limit: { rule: 'max', value: 5 } }, '≤ 5 ms'],
    [{ unit: 'ms', measured: 0.02, limit: { rule: 'max_ratio', value: 1.5 } }, '≤ 1.50×'],
    [{ metric: 'roc_auc', limit: { rule: 'within', value: 0.001 } }, '± 0.10 points'],
    [{ limit: { rule: 'equals', value: '47 features' } }, '= 47 features'],
  ])('%j is %s', (changes, expected) => {
    expect(plainText(limitCell(check(changes)))).toBe(expected);
  });
});

describe('numbers of a result', () => {
  it.each<[Partial<CheckResult>, string, string, string]>([
    [{}, '—', '—', '—'],
    [{ measured: 'x'.repeat(99) }, '—', `${'x'.repeat(59)}…`, '—'],
    [{ metric: 'roc_auc', measured: 0.74998, limit: { rule: 'min', value: 0.75 } }, '—', '0.74998', '—'],
    [{ metric: 'roc_auc', measured: 0.8, interval: [0.79, 0.81] }, '—', '0.8000', '[0.7900, 0.8100]'],
    [{ metric: 'mae', measured: 120.31, baseline: 40.86, difference: 79.45 }, '40.9', '120.3', '+79.5'],
    [
      { metric: 'roc_auc', measured: 0.5, baseline: 0.8, baselineName: 'declared' },
      '0.8000 (declared)',
      '0.5000',
      '—',
    ],
  ])('%j', (...[changes, baseline, measured, difference]) => {
    const result = check(changes);
    expect(plainText(baselineCell(result, 'champion'))).toBe(baseline);
    expect(plainText(measuredCell(result))).toBe(measured);
    expect(plainText(differenceCell(result))).toBe(difference);
  });
});

describe('checkName', () => {
  it.each<[Partial<CheckResult>, string]>([
    [{ check: 'champion', metric: 'brier', baselineName: 'naive' }, 'Brier score vs naive'],
    [{ metric: 'roc_auc', subject: 'test' }, 'ROC-AUC'],
    [{ metric: 'roc_auc', subject: 'frozen' }, 'ROC-AUC on frozen'],
    [{ check: 'latency', id: 'latency.p95' }, 'Latency p95'],
    [{ check: 'memory', id: 'memory.file' }, 'File size'],
    [{ check: 'slices', metric: 'mae', subject: 'hr = 8' }, 'Mean absolute error where hr = 8'],
    [{ check: 'data', id: 'other' }, 'Data'],
  ])('%j is %s', (changes, expected) => {
    expect(checkName(check(changes))).toBe(expected);
  });
});

describe('intervalRow', () => {
  const limit = { rule: 'min', value: 0.75 } as const;

  it.each<[string, Partial<CheckResult>]>([
    ['no interval', { metric: 'roc_auc', measured: 0.8, limit }],
    ['no limit', { metric: 'roc_auc', measured: 0.8, interval: [0.7, 0.9] }],
    [
      'an interval of a difference beside a limit on the value',
      { metric: 'roc_auc', measured: 0.8, baseline: 0.7, interval: [0, 0.2], limit },
    ],
    [
      'a two-sided metric',
      { metric: 'bias', measured: 1, interval: [0, 2], limit: { rule: 'max', value: 3 } },
    ],
    ['a text', { measured: 'x', interval: [0, 1], limit }],
  ])('draws nothing for %s', (_, changes) => {
    expect(intervalRow(check(changes))).toBeUndefined();
  });

  it('puts the limit of a lower-is-better metric above no difference', () => {
    const row = intervalRow(
      check({
        metric: 'brier',
        measured: 0.08,
        baseline: 0.081,
        difference: -0.001,
        interval: [-0.002, 0],
        limit: { rule: 'max_drop', value: 0.005 },
      }),
    );
    expect(row).toMatchObject({ limit: 0.005, reference: 0, better: 'lower', point: -0.001 });
  });
});
