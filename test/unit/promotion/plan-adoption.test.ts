import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import { planAdoption, type AdoptionFacts } from '../../../src/promotion/plan-adoption.ts';
import { A, B, C, LaneStory, samplePolicy, tagAt } from '../../support/lane-story.ts';

/** The tag points at B, which the ledger does not know; all is well, unless told otherwise. */
function plan(
  story: LaneStory,
  changes: Partial<AdoptionFacts> = {},
  reason: string | undefined = 'in service since 2024',
): ReturnType<typeof planAdoption> {
  const facts = { ...story.facts({ tag: tagAt(B.digest) }), policy: samplePolicy(), release: B, ...changes };
  return planAdoption(facts, { reason, comment: '5' });
}
const codes = (seen: ReturnType<typeof planAdoption>) =>
  seen.kind === 'refused' ? seen.reasons.map(({ code }) => code) : seen.kind;

describe('planAdoption', () => {
  it.each([
    ['an environment from before the ledger', new LaneStory()],
    ['what somebody put there by hand', new LaneStory().proved(A)],
    ['what somebody put there by hand while a promotion was cut off', new LaneStory().proved(A).intend(C)],
  ])('takes %s', (_, story) => {
    expect(plan(story, { owner: 'dead' })).toEqual({
      kind: 'operate',
      action: 'adopt',
      from: B.digest,
      release: B,
      policy: samplePolicy(),
      reason: 'in service since 2024',
      comment: '5',
    });
  });

  it('has nothing to do where the ledger says so already', () => {
    expect(plan(new LaneStory().promoted(B), {}, undefined)).toMatchObject({
      kind: 'nothing',
      message: expect.stringMatching(/^2\.0\.0 .* is what the ledger says already\.$/),
    });
  });

  it('takes the same release over under a new tag: that is what a promotion asks for', () => {
    const renamed = samplePolicy({ tag: 'live' });
    expect(plan(new LaneStory().promoted(B), { policy: renamed }).kind).toBe('operate');
  });

  it('refuses what was rolled back from, until it is released', () => {
    const story = new LaneStory().proved(A).promoted(B);
    story
      .intend(A, { action: 'rollback', leaves: { digest: B.digest, version: B.version } })
      .moved()
      .deployed();
    expect(plan(story)).toMatchObject({
      kind: 'refused',
      reasons: [{ code: 'quarantined', settle: 'release bank@2.0.0 --reason "…"' }],
    });
  });

  it('takes a release whose verdict fails, for it is there; and says so', () => {
    const artifact = digestOf('artifact');
    const failing = {
      kind: 'gate',
      digest: digestOf('verdict'),
      outcome: 'fail',
      artifact,
      createdAt: '2026-02-01T00:00:00.000Z',
    } as const;
    const release = { ...B, artifact, evidence: [failing] };
    expect(plan(new LaneStory(), { release })).toMatchObject({ kind: 'operate', failing });
    expect(plan(new LaneStory())).not.toHaveProperty('failing');
  });

  it('refuses without a reason', () => {
    const facts = { ...new LaneStory().facts({ tag: tagAt(B.digest) }), policy: samplePolicy(), release: B };
    expect(codes(planAdoption(facts, { reason: undefined }))).toEqual(['reason-missing']);
  });

  it('refuses where there is no tag', () => {
    const seen = plan(new LaneStory(), { tag: { kind: 'absent' }, release: undefined });
    expect(seen).toMatchObject({ reasons: [{ code: 'drift', settle: 'promote bank/production RELEASE' }] });
  });

  it('refuses a named release that is not the one at the tag', () => {
    expect(plan(new LaneStory(), { release: A })).toMatchObject({
      reasons: [
        {
          code: 'drift',
          message: expect.stringContaining(`points at ${B.digest.slice(0, 19)}, not at 1.0.0`),
        },
      ],
    });
  });

  it('refuses where the tag cannot be read', () => {
    const tag = { kind: 'unreadable', why: '503.' } as const;
    expect(codes(plan(new LaneStory(), { tag, release: undefined }))).toEqual(['tag-unreadable']);
  });

  it('refuses while somebody is at work, with every other reason', () => {
    const facts = {
      ...new LaneStory()
        .proved(A)
        .intend(B)
        .facts({ tag: tagAt(C.digest) }),
      policy: samplePolicy(),
      release: B,
    };
    expect(codes(planAdoption(facts, { reason: undefined }))).toEqual(['busy', 'drift', 'reason-missing']);
  });
});
