import { describe, expect, it } from 'vitest';
import type { Policy } from '../../../src/core/policy.ts';
import { planPromotion, type PromotionRequest } from '../../../src/promotion/plan-promotion.ts';
import { asRecorded, HELD as held } from '../../support/opened-evidence.ts';
import { A, LaneStory, samplePolicy } from '../../support/lane-story.ts';

const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };

/** Promotes B, whose gate verdict is a hold, by such a policy. */
function plan(
  changes: Partial<Policy>,
  request: PromotionRequest,
  release = held,
): ReturnType<typeof planPromotion> {
  const policy = samplePolicy({ requires: ['gate'], ...changes });
  const seen = new LaneStory().proved(A).facts();
  const facts = {
    ...seen,
    target: seen.tag,
    release,
    policy,
    before: undefined,
    missing: [],
    opened: asRecorded(release),
    config: undefined,
    rules,
    approvals: [],
  };
  return planPromotion(facts, request);
}
function codes(...given: Parameters<typeof plan>): string[] {
  const seen = plan(...given);
  return seen.kind === 'refused' ? seen.reasons.map(({ code }) => code) : [seen.kind];
}
const ACCEPTED = { acceptHold: true, reason: 'few rows in winter' };

describe('a promotion over a hold', () => {
  it.each([
    ['by name', ['bo', 'ana']],
    ['by name as `allow` writes it', ['@Ana']],
    ['as anyone', ['anyone']],
  ])('goes where who asks may accept it, %s, and says why', (_, acceptHold) => {
    expect(plan({ acceptHold }, ACCEPTED)).toMatchObject({
      kind: 'operate',
      acceptedHold: true,
      reason: 'few rows in winter',
    });
  });

  it('is no such thing where there was no hold to accept', () => {
    const passed = {
      ...held,
      evidence: held.evidence.map((verdict) => ({ ...verdict, outcome: 'pass' as const })),
    };
    const seen = plan({ acceptHold: ['ana'] }, ACCEPTED, passed);
    expect(seen.kind).toBe('operate');
    expect(seen).not.toHaveProperty('acceptedHold');
  });

  it.each([
    ['nobody is named', [], 'nobody (environment key accept_hold)'],
    ['others are named', ['bo', 'cy'], 'bo, cy'],
  ])('is refused to who may not: %s', (_, acceptHold, who) => {
    const seen = plan({ acceptHold }, ACCEPTED);
    expect(seen).toMatchObject({
      reasons: [
        { code: 'evidence-holds' },
        { code: 'evidence-holds', message: `A hold may be accepted by ${who}, not by ana.` },
      ],
    });
  });

  it('is refused without a reason, and without being asked for', () => {
    expect(codes({ acceptHold: ['ana'] }, { acceptHold: true })).toEqual([
      'evidence-holds',
      'reason-missing',
    ]);
    expect(codes({ acceptHold: ['ana'] }, { reason: 'r' })).toEqual(['evidence-holds']);
  });

  it.each(['fail', 'error'] as const)('is never one over %s', (outcome) => {
    const release = { ...held, evidence: held.evidence.map((verdict) => ({ ...verdict, outcome })) };
    expect(codes({ acceptHold: ['anyone'] }, ACCEPTED, release)).toEqual(['evidence-fails']);
  });

  it('accepts the hold alone: what else is wrong with the evidence still counts', () => {
    expect(codes({ acceptHold: ['ana'], evidenceAgeMs: 1000 }, ACCEPTED)).toEqual(['evidence-expired']);
  });

  it('goes only where whoever started the run again may accept it too', () => {
    const policy = samplePolicy({ requires: ['gate'], acceptHold: ['ana'] });
    const seen = new LaneStory().proved(A).facts();
    const shared = { policy, before: undefined, missing: [], config: undefined, approvals: [] };
    const facts = { ...seen, ...shared, target: seen.tag, release: held, opened: asRecorded(held) };
    const plan = planPromotion({ ...facts, rules: { ...rules, reRunner: 'eve' } }, ACCEPTED);
    expect(plan).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(plan)).toContain('not by eve');
  });
});
