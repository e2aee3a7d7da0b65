import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { EntryDraft } from '../../../src/ledger/entry.ts';
import { markOf, openedBy } from '../../../src/ledger/state.ts';
import { A, B, C, LaneStory } from '../../support/lane-story.ts';

type ApprovedDraft = EntryDraft & { kind: 'approved' };

function approved(story: LaneStory, by: string, changes: Partial<ApprovedDraft> = {}): LaneStory {
  story.by = by;
  const basis = { from: A.digest, evidence: [] };
  story.write({ kind: 'approved', id: story.id(), digest: B.digest, version: '2.0.0', basis, ...changes });
  story.by = 'ana';
  return story;
}
const names = ({ state }: LaneStory) => state.approvals?.map(({ by, version }) => `${by} ${version}`);

describe('fold: approvals', () => {
  it('keeps who approved what, on what basis, by which text', () => {
    const body = digestOf('/approve production 2.0.0');
    const story = approved(new LaneStory().proved(A), 'bo', { comment: '9', body, reason: 'looked at it' });
    expect(story.state.approvals).toEqual([
      {
        digest: B.digest,
        version: '2.0.0',
        by: 'bo',
        at: story.now,
        comment: '9',
        body,
        basis: { from: A.digest, evidence: [] },
      },
    ]);
  });

  it('keeps the newest of a person and digest; logins have no case', () => {
    const story = approved(new LaneStory().proved(A), 'bo', { comment: '1' });
    approved(approved(story, 'cy'), 'Bo', { comment: '2' });
    approved(story, 'bo', { digest: C.digest, version: '3.0.0' });
    expect(names(story)).toEqual(['cy 2.0.0', 'Bo 2.0.0', 'bo 3.0.0']);
    expect(story.state.approvals?.[1]?.comment).toBe('2');
  });

  it('keeps the last 50', () => {
    const story = new LaneStory().proved(A);
    for (let i = 1; i <= 52; i++) approved(story, `p${i}`);
    expect(story.state.approvals).toHaveLength(50);
    expect(story.state.approvals?.[0]?.by).toBe('p3');
  });

  it('drops all when the tag has moved, by whatever; not before, and not by a failure', () => {
    const story = approved(new LaneStory().proved(A), 'bo').intend(B).failed('tag');
    expect(names(story)).toEqual(['bo 2.0.0']);
    expect(story.intend(B).moved().state).not.toHaveProperty('approvals');
  });

  it('keeps them where a tag was only pointed back', () => {
    const story = approved(new LaneStory().proved(A), 'bo');
    story.intend(A, { action: 'repair', from: B.digest }).moved();
    expect(names(story)).toEqual(['bo 2.0.0']);
  });
});

describe('fold: what comments were carried out as', () => {
  it('remembers every kind of entry that a comment can ask for', () => {
    const story = approved(new LaneStory(), 'bo', { comment: '1' });
    story.write({ kind: 'locked', id: story.id(), reason: 'audit', comment: '2' });
    story.write({ kind: 'unlocked', id: story.id(), comment: '3' });
    story.write({ kind: 'released', id: story.id(), digest: B.digest, reason: 'fine', comment: '4' });
    story.intend(A, { comment: '5' });
    expect(story.state.comments).toEqual([
      { id: '1', seq: 1, kind: 'approved' },
      { id: '2', seq: 2, kind: 'locked' },
      { id: '3', seq: 3, kind: 'unlocked' },
      { id: '4', seq: 4, kind: 'released' },
      { id: '5', seq: 5 },
    ]);
    expect(markOf(story.state, '5')).toEqual({ id: '5', seq: 5 });
    expect([markOf(story.state, '6'), markOf(story.state, undefined)]).toEqual([undefined, undefined]);
    expect(openedBy(story.state, '5')?.seq).toBe(5);
    expect([openedBy(story.state, '4'), openedBy(new LaneStory().intend(A).state, undefined)]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('names the newest entry of a comment', () => {
    const story = new LaneStory().intend(A, { comment: '5' });
    story.intend(A, { comment: '5', takesOver: 'id-1' });
    expect(markOf(story.state, '5')?.seq).toBe(2);
  });
});
