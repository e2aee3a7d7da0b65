import { describe, expect, it } from 'vitest';
import { A, at, B, C, LaneStory } from '../../support/lane-story.ts';

const trouble = (action: string) => ({
  kind: 'failed',
  phase: 'deploy',
  message: `Taken over by ana's ${action} before it was deployed.`,
});

describe('an intent over an open one that had not moved', () => {
  const story = new LaneStory().proved(A).intend(B);
  story.intend(A, { action: 'rollback', takesOver: 'id-5', leaves: { digest: B.digest } });

  it('is the open one; what was to come is a stray for ten seconds', () => {
    expect(story.state.open).toMatchObject({ seq: 6, action: 'rollback', moved: false });
    expect(story.state.open).not.toHaveProperty('continues');
    expect(story.state.strays).toEqual([{ digest: B.digest, at: story.now }]);
    expect(story.state.unsettledUntil).toBe(at(story.ms + 10_000));
  });

  it('leaves the current stay alone', () => {
    expect(story.tenure).toMatchObject({ seq: 1, release: A });
    expect(story.tenure).not.toHaveProperty('trouble');
  });

  it('makes the entries of the old operation count for nothing', () => {
    const late = new LaneStory().proved(A).intend(B);
    const old = late.state.open?.operation ?? '';
    late.intend(A, { action: 'rollback' });
    const { open, tenures } = late.state;
    late.write({ kind: 'moved', id: 'late', operation: old, digest: B.digest });
    expect(late.state).toMatchObject({ open, tenures });
  });
});

describe('an intent over an open one that had moved', () => {
  it('to elsewhere: the stay that was cut off is in trouble, and stays in the history', () => {
    const story = new LaneStory().proved(A).intend(B).moved();
    story.intend(A, { action: 'rollback', leaves: { digest: B.digest } });
    expect(story.tenure).toMatchObject({ release: B, trouble: trouble('rollback') });
    expect(story.state.open).not.toHaveProperty('continues');
    story.moved().deployed();
    expect(story.state.tenures.map(({ release }) => release.version)).toEqual(['1.0.0', '2.0.0', '1.0.0']);
  });

  it('to the same release: goes on with its stay, which is one stay in the end, without trouble', () => {
    const story = new LaneStory().proved(A).intend(B, { reason: 'monday' }).moved();
    story.intend(B, { reason: 'monday' });
    expect(story.state.open).toMatchObject({ seq: 7, continues: 5 });
    expect(story.tenure).toMatchObject({ seq: 5, trouble: trouble('promote') });
    story.moved();
    expect(story.tenure).toMatchObject({ seq: 7, release: B, reason: 'monday' });
    expect(story.tenure).not.toHaveProperty('trouble');
    expect(story.state.tenures).toHaveLength(2);
  });

  it('twice to the same release: still one stay', () => {
    const story = new LaneStory().proved(A).intend(B).moved().intend(B).intend(B).moved().deployed();
    expect(story.state.tenures.map(({ release }) => release.version)).toEqual(['1.0.0', '2.0.0']);
  });

  it('never deployed after all: the trouble is what is said of the stay', () => {
    const story = new LaneStory().proved(A).intend(B).moved().intend(B).aborted();
    expect(story.tenure).toMatchObject({ release: B, trouble: trouble('promote') });
    expect(story.state.open).toBeUndefined();
  });
});

describe('strays', () => {
  const cutOff = () => new LaneStory().proved(A).intend(B).aborted();

  it('keep nobody waiting once a tag was read back when nothing could land any more', () => {
    expect(cutOff().promoted(C).state).not.toHaveProperty('unsettledUntil');
  });

  it('are remembered for an hour all the same: whoever ended the operation may have been held up', () => {
    const story = cutOff().promoted(C);
    expect(story.state.strays.map(({ digest }) => digest)).toEqual([B.digest]);
    expect(story.wait(3_600_000).promoted(A).state.strays).toEqual([]);
  });

  it('stay after a tag that was read back while something could still land', () => {
    const story = cutOff();
    const [until, { strays }] = [story.state.unsettledUntil, story.state];
    story.wait(-60_000).intend(C).wait(-60_000).moved();
    expect(story.state).toMatchObject({ strays, unsettledUntil: until });
  });

  it('at the very end of the time they are settled', () => {
    const story = cutOff().wait(-60_000).intend(C).wait(-50_000).moved();
    expect(story.tenure.release).toEqual(C);
    expect(story.state).not.toHaveProperty('unsettledUntil');
  });

  it('keep nobody waiting after a repair either', () => {
    const story = cutOff().intend(A, { action: 'repair', from: B.digest }).moved();
    expect(story.state).not.toHaveProperty('unsettledUntil');
  });
});
