import { describe, expect, it } from 'vitest';
import { promisedBy } from '../../../../src/app/shadow/promised-by.ts';
import { sampleVerdict } from '../../../support/ledger-book.ts';
import type { CheckResult } from '../../../../src/core/check.ts';

const COMPARED: CheckResult = {
  id: 'champion.roc_auc',
  check: 'champion',
  role: 'gate',
  outcome: 'pass',
  reason: 'within-margin',
  subject: 'test',
  metric: 'roc_auc',
  measured: 0.8,
  baseline: 0.77,
  baselineName: 'champion',
  difference: 0.03,
  interval: [0.01, 0.05],
  message: 'ROC-AUC is better.',
};
const promised = (checks: CheckResult[], more = {}) =>
  promisedBy({ name: 'verdict.json', text: JSON.stringify(sampleVerdict('2.0.0', { checks, ...more })) });

describe('what a gate promised', () => {
  it('is each comparison with the champion on the test table', () => {
    expect(promised([COMPARED])).toEqual({
      known: true,
      value: [
        { metric: 'roc_auc', champion: 0.77, challenger: 0.8, difference: 0.03, interval: [0.01, 0.05] },
      ],
    });
  });

  it.each<[string, Partial<CheckResult>]>([
    ['the frozen table', { subject: 'frozen' }],
    ['a naive predictor', { baselineName: 'naive' }],
    ['one model alone', { check: 'metrics' }],
    ['nothing that was measured', { measured: 'unknown' }],
  ])('is nothing where it was about %s', (_, more) => {
    expect(promised([{ ...COMPARED, ...more }])).toMatchObject({ known: false });
  });

  it.each([
    ['a shadow’s verdict', JSON.stringify(sampleVerdict('2.0.0', { kind: 'shadow' }))],
    ['another document', '{"schema": 1}'],
  ])('is not read from %s', (_, text) => {
    expect(() => promisedBy({ name: 'verdict.json', text })).toThrow(
      /"verdict\.json" is no verdict of known-good gate/,
    );
  });
});
