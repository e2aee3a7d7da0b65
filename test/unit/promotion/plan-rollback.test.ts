import { describe, expect, it } from 'vitest';
import type { LaneFacts } from '../../../src/promotion/facts.ts';
import { leavingOf, sameLeaving } from '../../../src/promotion/leaving.ts';
import {
  planRollback,
  type RollbackFacts,
  type RollbackRequest,
} from '../../../src/promotion/plan-rollback.ts';
import { A, at, B, C, LaneStory, sampleRelease, samplePolicy, tagAt } from '../../support/lane-story.ts';

const X = sampleRelease('by hand');
const name = ({ digest, version }: typeof A) => ({ digest, version });

/** A was proved, B serves. */
const serving = () => new LaneStory().proved(A).promoted(B);
const backAtA = (): LaneStory => serving().rolledBack(A);

function facts(story: LaneStory, changes: Partial<RollbackFacts> = {}): RollbackFacts {
  return { ...story.facts(), policy: story.state.policy, looked: {}, ...changes };
}

/** Asked for now: it leaves what is there now. */
function plan(
  story: LaneStory,
  changes: Partial<RollbackFacts> = {},
  request: Partial<RollbackRequest> = {},
): ReturnType<typeof planRollback> {
  const seen = facts(story, changes);
  return planRollback(seen, { toLeave: leavingOf(seen), ...request });
}

describe('what a rollback leaves', () => {
  it.each<[string, LaneStory, Partial<LaneFacts>, unknown]>([
    ['nothing, where nothing is', new LaneStory(), {}, undefined],
    ['the current release', serving(), {}, name(B)],
    ['an open promotion’s release, before it moved', serving().intend(C), {}, name(C)],
    ['an open promotion’s release, once it moved', serving().intend(C).moved(), {}, name(C)],
    [
      'an open promotion’s release, even if the tag was moved by hand',
      serving().intend(C),
      { tag: tagAt(X.digest) },
      name(C),
    ],
    ['an open adoption’s release', serving().intend(C, { action: 'adopt' }), {}, name(C)],
    [
      'what an open rollback leaves',
      serving().intend(A, { action: 'rollback', leaves: name(B) }),
      {},
      name(B),
    ],
    [
      'the same when it has moved',
      serving()
        .intend(A, { action: 'rollback', leaves: name(B) })
        .moved(),
      {},
      name(B),
    ],
    [
      'the current release, where a repair has pointed the tag back',
      serving().intend(B, { action: 'repair' }),
      {},
      name(B),
    ],
    [
      'what is at the tag, before a repair',
      serving().intend(B, { action: 'repair' }),
      { tag: tagAt(C.digest) },
      { digest: C.digest, drift: true },
    ],
    [
      'what somebody put there by hand',
      serving(),
      { tag: tagAt(X.digest) },
      { digest: X.digest, drift: true },
    ],
    [
      'what was there before the ledger',
      new LaneStory(),
      { tag: tagAt(X.digest) },
      { digest: X.digest, drift: true },
    ],
    ['nothing, where the tag is gone', serving(), { tag: { kind: 'absent' } }, undefined],
  ])('%s', (_, ...[story, changes, leaving]) => {
    expect(leavingOf(story.facts(changes))).toEqual(leaving);
  });

  it('the same digest by hand and by the ledger are two things', () => {
    expect(sameLeaving({ digest: A.digest }, { digest: A.digest, version: '1.0.0' })).toBe(true);
    expect(sameLeaving({ digest: A.digest }, { digest: A.digest, drift: true })).toBe(false);
    expect(sameLeaving(undefined, undefined)).toBe(true);
    expect(sameLeaving(undefined, { digest: A.digest })).toBe(false);
  });
});

describe('planRollback goes', () => {
  it('to the last known good, leaves what serves, under the policy of the last intent', () => {
    const stored = samplePolicy({ onFailure: 'rollback' });
    const story = new LaneStory().proved(A).promoted(B, { policy: stored });
    expect(plan(story, {}, { reason: 'wrong scores', comment: '9' })).toEqual({
      kind: 'operate',
      action: 'rollback',
      from: B.digest,
      release: A,
      policy: stored,
      leaves: name(B),
      passedOver: [
        expect.objectContaining({ release: B, rejected: expect.objectContaining({ rule: 'being-left' }) }),
      ],
      reason: 'wrong scores',
      comment: '9',
    });
  });

  it('although the lane is locked', () => {
    expect(plan(serving().write({ kind: 'locked', id: 'l', reason: 'audit' })).kind).toBe('operate');
  });

  it('to the current release, where somebody moved the tag by hand; what they put there is quarantined', () => {
    const seen = plan(new LaneStory().proved(A), { tag: tagAt(X.digest) });
    expect(seen).toMatchObject({ release: A, from: X.digest, leaves: { digest: X.digest } });
    expect((seen as { leaves: object }).leaves).not.toHaveProperty('drift');
  });

  it('to the current release, where the tag is gone; nothing is quarantined', () => {
    const seen = plan(new LaneStory().proved(A), { tag: { kind: 'absent' } });
    expect(seen).toMatchObject({ release: A, from: 'absent' });
    expect(seen).not.toHaveProperty('leaves');
  });

  it.each([
    ['promotion', serving().intend(C)],
    ['promotion that has moved', serving().intend(C).moved()],
    ['adoption', serving().intend(C, { action: 'adopt' })],
  ])('over an open %s, alive or not: it leaves what that brings', (_, story) => {
    for (const owner of ['alive', 'dead', 'unknown'] as const)
      expect(plan(story, { owner })).toMatchObject({
        release: A,
        leaves: name(C),
        takesOver: { operation: story.state.open?.operation },
      });
  });

  it('on with a rollback that was cut off, to where it was going', () => {
    const story = new LaneStory().proved(C).proved(A).promoted(B);
    story.intend(C, { action: 'rollback', leaves: name(B) });
    expect(plan(story, { owner: 'dead' })).toMatchObject({
      kind: 'operate',
      release: C,
      leaves: name(B),
      takesOver: { seq: 12 },
    });
  });

  it('on with an unproved rollback that was cut off, and still says that it is unproved and why', () => {
    const story = serving().intend(C, {
      action: 'rollback',
      leaves: name(B),
      unproved: true,
      reason: 'all else is worse',
    });
    expect(plan(story, { owner: 'dead' })).toMatchObject({
      release: C,
      unproved: true,
      reason: 'all else is worse',
    });
  });

  it('over a live rollback to elsewhere, where another release is named', () => {
    const story = new LaneStory()
      .proved(C)
      .proved(A)
      .promoted(B)
      .intend(A, { action: 'rollback', leaves: name(B) });
    expect(plan(story, { owner: 'alive' }, { release: C })).toMatchObject({
      kind: 'operate',
      release: C,
      leaves: name(B),
    });
  });
});

describe('planRollback joins', () => {
  const story = serving().intend(A, { action: 'rollback', leaves: name(B) });
  it.each([
    ['a live rollback', {}, {}],
    ['one whose lease still runs', { owner: 'unknown' as const }, {}],
    ['one to the release that is named', {}, { release: A }],
  ])('%s', (_, changes, request) => {
    expect(plan(story, { owner: 'alive', ...changes }, request)).toEqual({
      kind: 'join',
      open: story.state.open,
    });
  });

  it('one that was begun after it was asked for, leaving the same', () => {
    const seen = facts(story, { owner: 'alive' });
    expect(planRollback(seen, { toLeave: name(B) }).kind).toBe('join');
  });

  it('one that was begun after it was asked for, leaving the same that somebody put there by hand', () => {
    const before = new LaneStory().proved(A);
    const toLeave = leavingOf(before.facts({ tag: tagAt(X.digest) }));
    before.intend(A, { action: 'rollback', from: X.digest, leaves: { digest: X.digest } });
    const seen = facts(before, { tag: tagAt(X.digest), owner: 'alive' });
    expect(planRollback(seen, { toLeave }).kind).toBe('join');
  });
});

describe('planRollback does nothing', () => {
  const ALREADY =
    /^bank\/production: already rolled back to 1\.0\.0 .* by ana at .*\. Nothing was done; ask again if it is wrong as well\.$/;

  it('when what it was to leave has been left', () => {
    const seen = planRollback(facts(backAtA()), { toLeave: name(B) });
    expect(seen).toMatchObject({
      kind: 'nothing',
      tenure: { release: A },
      message: expect.stringMatching(ALREADY),
    });
  });

  it('when the comment is older than the last move', () => {
    const story = backAtA();
    const commentedAt = at(Date.parse(story.tenure.movedAt) - Date.parse(at(0)) - 1);
    expect(plan(story, {}, { commentedAt })).toMatchObject({
      kind: 'nothing',
      message: expect.stringMatching(ALREADY),
    });
  });

  it('but goes when the comment is of that moment or later', () => {
    const story = serving();
    expect(plan(story, {}, { commentedAt: story.tenure.movedAt }).kind).toBe('operate');
    expect(plan(story, {}, { commentedAt: story.now }).kind).toBe('operate');
  });

  it('and goes on an older comment while something is open: it was asked of that', () => {
    const story = serving().intend(C);
    expect(plan(story, {}, { commentedAt: at(0) }).kind).toBe('operate');
  });
});

describe('planRollback refuses what was overtaken', () => {
  const overtaken = (message: RegExp) => ({
    kind: 'refused',
    reasons: [
      { code: 'overtaken', message: expect.stringMatching(message), settle: 'rollback bank/production' },
    ],
  });

  it('by a promotion meanwhile', () => {
    const seen = planRollback(facts(serving().promoted(C)), { toLeave: name(B) });
    expect(seen).toMatchObject(
      overtaken(/3\.0\.0 .* arrived by ana's promote at .*, after this was asked for\. Nothing was done/),
    );
  });

  it('by a promotion that has begun, and names that one', () => {
    const seen = planRollback(facts(serving().intend(C)), { toLeave: name(B) });
    expect(seen).toMatchObject(
      overtaken(/ana's promote to 3\.0\.0 .* began at .*, after this was asked for/),
    );
  });

  it('by a hand at the tag', () => {
    const seen = planRollback(facts(serving(), { tag: tagAt(X.digest) }), { toLeave: name(B) });
    expect(seen).toMatchObject(overtaken(/the tag was moved by hand, after this was asked for/));
  });

  it('by instants, also where a forge writes the time of a comment without milliseconds', () => {
    const story = new LaneStory().proved(A).wait(900).promoted(B);
    const { movedAt } = story.tenure;
    expect(movedAt).toMatch(/\.900Z$/);
    const seen = plan(story, {}, { commentedAt: movedAt.replace(/\.900Z$/, 'Z') });
    expect(seen).toMatchObject(overtaken(/2\.0\.0 .* arrived/));
  });
});

describe('planRollback refuses', () => {
  it('where the tag cannot be read', () => {
    const seen = plan(serving(), { tag: { kind: 'unreadable', why: '503.' } });
    expect(seen).toEqual({
      kind: 'refused',
      reasons: [{ code: 'tag-unreadable', message: 'The tag cannot be read, and nothing is guessed: 503.' }],
    });
  });

  it.each([
    ['without a tag', {}],
    ['with one from before the ledger', { tag: tagAt(X.digest) }],
  ])('in a lane without history, %s', (_, changes) => {
    expect(plan(new LaneStory(), { policy: samplePolicy(), ...changes })).toMatchObject({
      kind: 'refused',
      passedOver: [],
      reasons: [{ code: 'nothing-to-leave', settle: 'status bank/production' }],
    });
  });
});
