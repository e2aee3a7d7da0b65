import { describe, expect, it } from 'vitest';
import { leavingOf } from '../../../src/promotion/leaving.ts';
import { planRollback, type RollbackFacts } from '../../../src/promotion/plan-rollback.ts';
import { A, B, LaneStory } from '../../support/lane-story.ts';

/** A was proved, B serves. */
const serving = () => new LaneStory().proved(A).promoted(B);

function plan(
  story: LaneStory,
  changes: Partial<RollbackFacts>,
  request: { commentedAt?: string } = {},
): ReturnType<typeof planRollback> {
  const seen: RollbackFacts = { ...story.facts(), policy: story.state.policy, looked: {}, ...changes };
  return planRollback(seen, { toLeave: leavingOf(seen), ...request });
}

describe('a rollback and clocks', () => {
  it('a rollback that outlived its lease is not joined, whatever is said of its run', () => {
    const story = serving().intend(A, {
      action: 'rollback',
      leaves: { digest: B.digest, version: B.version },
    });
    const { lease } = story.state.open ?? { lease: '' };
    const late = new Date(Date.parse(lease) + 61_000).toISOString();
    expect(plan(story, { owner: 'alive', now: late })).toMatchObject({
      kind: 'operate',
      takesOver: { action: 'rollback' },
    });
  });

  it('a move that is dated by a clock that is ahead says nothing about a comment', () => {
    const story = serving();
    const before = new Date(Date.parse(story.tenure.movedAt) - 120_000).toISOString();
    const now = new Date(Date.parse(story.tenure.movedAt) - 60_000).toISOString();
    expect(plan(story, { now }, { commentedAt: before }).kind).toBe('operate');
  });
});
