import { describe, expect, it } from 'vitest';
import { checkDrift } from '../../../../src/shadow/checks/drift.ts';
import type { DriftFacts, DriftFinding } from '../../../../src/shadow/facts.ts';
import { driftBy, resultsOf, saidBy, shadowFacts, shadowSettings } from '../../../support/shadow-facts.ts';

const NONE: DriftFacts = { findings: [], noReference: undefined, unmeasured: [], absent: [] };
const said = (drift: Partial<DriftFacts>, maxPsi?: number) =>
  saidBy(
    checkDrift,
    shadowFacts({ drift: { ...NONE, ...drift } }),
    shadowSettings({ drift: maxPsi === undefined ? {} : { maxPsi } }),
  );
const later = (finding: DriftFinding): DriftFinding => ({ ...finding, against: 'first third' });

describe('drift from the reference', () => {
  it.each<[string, DriftFinding, number | undefined, string]>([
    ['none, shown', driftBy(0), undefined, 'inform pass: stable'],
    ['far, shown', driftBy(0.5), undefined, 'inform hold: alert'],
    ['none, within a limit', driftBy(0), 0.2, 'gate pass: within-limit'],
    ['far, beyond a limit', driftBy(0.5), 0.2, 'gate fail: above-max'],
    ['few rows, whose noise is above the limit', driftBy(0, { n: 60 }), 0.2, 'gate hold: too-few-rows'],
  ])('%s', (_, ...[finding, limit, outcome]) => {
    expect(said({ findings: [finding] }, limit)).toEqual({ 'drift.reference.age': outcome });
  });

  it.each<[string, Partial<DriftFacts>, string, string]>([
    ['without a reference', { noReference: 'None was named.' }, 'drift.reference', 'hold: no-reference'],
    [
      'of a feature that is another thing now',
      { findings: [driftBy(0)], unmeasured: [{ name: 'job', why: 'it is text' }] },
      'drift.reference.job',
      'hold: not-measured',
    ],
  ])('is never within a limit %s', (_, ...[drift, id, outcome]) => {
    expect(said(drift, 0.2)[id]).toBe(`gate ${outcome}`);
    expect(said(drift)[id]).toBe(`inform ${outcome}`);
  });

  it('names the columns of the reference that the log does not have', () => {
    const facts = shadowFacts({ drift: { ...NONE, findings: [driftBy(0)], absent: ['row_id', 'date'] } });
    expect(resultsOf(checkDrift, facts)['drift.absent']?.message).toBe(
      '2 columns of the reference are not in the log, and not looked at: "row_id", "date".',
    );
  });
});

describe('drift over the window', () => {
  it.each<[string, DriftFinding[], string]>([
    ['none', [later(driftBy(0))], 'inform pass: stable'],
    ['of one column', [later(driftBy(0)), later(driftBy(0.5, { name: 'balance' }))], 'inform hold: moved'],
  ])('%s', (_, findings, outcome) => {
    expect(said({ findings })['drift.window']).toBe(outcome);
  });

  it('is not looked at where no request counts', () => {
    expect(saidBy(checkDrift, shadowFacts({ window: undefined }))).toEqual({});
  });
});
