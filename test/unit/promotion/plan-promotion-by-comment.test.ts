import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import { planPromotion, type PromotionFacts } from '../../../src/promotion/plan-promotion.ts';
import { asRecorded, COMMITTED } from '../../support/opened-evidence.ts';
import { A, at, B, C, LaneStory, samplePolicy } from '../../support/lane-story.ts';

/** What a promotion to a lane is decided on; all is well, unless told otherwise. */
function facts(story: LaneStory, changes: Partial<PromotionFacts> = {}): PromotionFacts {
  const seen = story.facts();
  const release = changes.release ?? B;
  const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };
  const shared = { policy: samplePolicy(), before: undefined, missing: [], config: COMMITTED, rules };
  return {
    ...seen,
    ...shared,
    target: seen.tag,
    release,
    opened: asRecorded(release),
    approvals: [],
    ...changes,
  };
}

describe('planPromotion by a comment', () => {
  const story = () => new LaneStory().proved(A).promoted(B).rolledBack(A);

  it('refuses one that is older than the last move, for that reason too', () => {
    const { movedAt } = story().tenure;
    const before = new Date(Date.parse(movedAt) - 1).toISOString();
    const plan = planPromotion(facts(story(), { release: C }), { comment: '7', commentedAt: before });
    const found = plan.kind === 'refused' ? plan.reasons : [];
    expect(found).toMatchObject([{ code: 'overtaken', settle: 'promote bank/production 3.0.0' }]);
    expect(found[0]?.message).toContain(
      `1.0.0 (${A.digest.slice(0, 19)}) arrived by ana's rollback at ${movedAt}, after this was asked for at ${before}.`,
    );
  });

  it('takes one that is younger, or of the same moment, and keeps when it was made', () => {
    const { movedAt } = story().tenure;
    const request = { comment: '7', commentedAt: movedAt };
    const plan = planPromotion(facts(story(), { release: C }), request);
    expect(plan).toMatchObject({ kind: 'operate', comment: '7', askedAt: movedAt });
  });

  it('refuses what was registered, or came to the environment before, after it was asked for', () => {
    const asked = '2026-05-01T10:00:00Z';
    const later = { ...C, registeredAt: '2026-05-01T10:00:01Z' };
    const lane = () => new LaneStory().proved(A);
    const late = planPromotion(facts(lane(), { release: later }), { commentedAt: asked });
    expect(late).toMatchObject({
      reasons: [{ code: 'overtaken', message: expect.stringMatching(/registered at/) }],
    });
    const same = { ...C, registeredAt: '2026-05-01T10:00:00.900Z' };
    expect(planPromotion(facts(lane(), { release: same }), { commentedAt: asked }).kind).toBe('operate');

    const before = new LaneStory().proved(B).state;
    const { movedAt = '' } = before.tenures.at(-1) ?? {};
    const commentedAt = new Date(Date.parse(movedAt) - 1000).toISOString();
    const seen = facts(new LaneStory(), { before });
    const unnamed = planPromotion(seen, { commentedAt, unnamed: true });
    expect(unnamed).toMatchObject({
      reasons: [
        {
          code: 'overtaken',
          settle: 'promote bank/production 2.0.0',
          message: expect.stringMatching(/arrived by ana's promote/),
        },
      ],
    });
    expect(planPromotion(seen, { commentedAt }).kind).toBe('operate');
  });

  it('takes over what this very comment began and did not move, and nothing else', () => {
    const cut = () => new LaneStory().proved(A).intend(B, { comment: '7' });
    const dead = (changes: Partial<PromotionFacts> = {}) => facts(cut(), { owner: 'dead', ...changes });
    expect(planPromotion(dead(), { comment: '7' })).toMatchObject({ takesOver: { comment: '7', seq: 5 } });
    expect(planPromotion(dead(), { comment: '8' })).not.toHaveProperty('takesOver');
    expect(planPromotion(dead(), {})).not.toHaveProperty('takesOver');
  });

  it('keeps on whose approvals it rests, where any are asked for', () => {
    expect(planPromotion(facts(new LaneStory().proved(A)), {})).not.toHaveProperty('approvedBy');
    const approvals = [approvalOf('bo'), approvalOf('cy'), approvalOf('ana')];
    const plan = planPromotion(
      facts(new LaneStory().proved(A), { policy: samplePolicy({ approvals: 2 }), approvals }),
      {},
    );
    expect(plan).toMatchObject({
      kind: 'operate',
      approvedBy: [
        { by: 'bo', comment: 'c-bo' },
        { by: 'cy', comment: 'c-cy' },
      ],
    });
  });
});

function approvalOf(by: string): PromotionFacts['approvals'][number] {
  const body = digestOf('text');
  const basis = { from: A.digest, evidence: [] };
  const shared = { digest: B.digest, version: '2.0.0', by, at: at(0), comment: `c-${by}`, body, basis };
  const author = { login: by, kind: 'user' as const };
  const comment = { id: `c-${by}`, author, body: 'text', createdAt: at(0), updatedAt: at(0), url: '' };
  return { approval: shared, comment: { kind: 'there', comment, digest: body } };
}
