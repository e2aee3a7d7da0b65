import { describe, expect, it } from 'vitest';
import type { Liveness, TagFact } from '../../../src/promotion/facts.ts';
import { LEASE_GRACE_MS, ownerGone, recover } from '../../../src/promotion/recover.ts';
import { A, at, B, C, intentOf, LaneStory, sampleRelease, tagAt } from '../../support/lane-story.ts';

const S = sampleRelease('7.0.0');
const LEASE = 3_600_000;

/** Serves A; S was cut off some time ago, so that its write is a stray. */
const atRest = () => new LaneStory().proved(A).intend(S).aborted();
const TAGS: Record<string, TagFact> = {
  from: tagAt(A.digest),
  to: tagAt(B.digest),
  stray: tagAt(S.digest),
  other: tagAt(C.digest),
  absent: { kind: 'absent' },
  unreadable: { kind: 'unreadable', why: 'no answer' },
};
const OPEN = {
  'not moved': () => atRest().intend(B, { lease: at(LEASE) }),
  moved: () =>
    atRest()
      .intend(B, { lease: at(LEASE) })
      .moved(),
  'a rollback': () =>
    atRest().intend(B, { action: 'rollback', lease: at(LEASE), leaves: { digest: A.digest } }),
};
const LONG_OVER = at(LEASE + LEASE_GRACE_MS + 1);

function kindOf(open: keyof typeof OPEN, tag: string, facts: { owner: Liveness; now: string }): string {
  return recover(OPEN[open]().facts({ tag: TAGS[tag] as TagFact, ...facts })).kind;
}

describe('nothing is open', () => {
  it.each([
    ['from', { kind: 'clean' }],
    ['stray', { kind: 'repair', found: S.digest }],
    ['other', { kind: 'drift', found: C.digest, expected: A.digest }],
    ['absent', { kind: 'drift', found: 'absent', expected: A.digest }],
    ['unreadable', { kind: 'unreadable', why: 'no answer' }],
  ])('tag %s', (tag, expected) => {
    expect(recover(atRest().facts({ tag: TAGS[tag] as TagFact }))).toMatchObject(expected);
  });

  it('a repair points back to what is current', () => {
    const story = atRest();
    expect(recover(story.facts({ tag: tagAt(S.digest) }))).toMatchObject({ tenure: story.tenure });
  });

  it('before the first move: no tag is as it should be, any tag is not ours', () => {
    expect(recover(new LaneStory().facts())).toEqual({ kind: 'clean' });
    expect(recover(new LaneStory().facts({ tag: tagAt(A.digest) }))).toEqual({
      kind: 'drift',
      found: A.digest,
      expected: 'absent',
    });
  });

  it('before the first move a stray is drift: there is nothing to point back to', () => {
    const story = new LaneStory().intend(A).aborted();
    expect(recover(story.facts({ tag: tagAt(A.digest) })).kind).toBe('drift');
  });
});

describe('an operation is open', () => {
  const who: [string, { owner: Liveness; now: string }, boolean][] = [
    ['alive, lease running', { owner: 'alive', now: at(0) }, false],
    ['alive, lease long over', { owner: 'alive', now: LONG_OVER }, false],
    ['unknown, lease running', { owner: 'unknown', now: at(LEASE - 1) }, false],
    ['unknown, lease over, in the grace', { owner: 'unknown', now: at(LEASE + LEASE_GRACE_MS) }, false],
    ['unknown, lease and grace over', { owner: 'unknown', now: LONG_OVER }, true],
    ['dead, lease running', { owner: 'dead', now: at(0) }, true],
    ['dead, lease over', { owner: 'dead', now: LONG_OVER }, true],
  ];

  it.each(who)('owner %s', (_, { owner, now }, gone) => {
    expect(ownerGone(OPEN.moved().state.open as never, owner, now)).toBe(gone);
  });

  it.each(who.filter(([, , gone]) => !gone))('owner %s: keeps it, whatever the tag says', (_, facts) => {
    for (const open of Object.keys(OPEN) as (keyof typeof OPEN)[])
      for (const tag of Object.keys(TAGS)) expect(kindOf(open, tag, facts)).toBe('busy');
  });

  describe.each(who.filter(([, , gone]) => gone))('owner %s', (_, facts) => {
    const table: Record<keyof typeof OPEN, Record<string, string>> = {
      'not moved': {
        from: 'abort',
        to: 'resume',
        stray: 'abort',
        other: 'drift',
        absent: 'drift',
        unreadable: 'unreadable',
      },
      moved: {
        from: 'resume',
        to: 'resume',
        stray: 'resume',
        other: 'resume',
        absent: 'resume',
        unreadable: 'unreadable',
      },
      'a rollback': {
        from: 'resume',
        to: 'resume',
        stray: 'resume',
        other: 'drift',
        absent: 'drift',
        unreadable: 'unreadable',
      },
    };
    it.each(Object.keys(OPEN) as (keyof typeof OPEN)[])('%s', (open) => {
      const seen = Object.fromEntries(Object.keys(TAGS).map((tag) => [tag, kindOf(open, tag, facts)]));
      expect(seen).toEqual(table[open]);
    });
  });

  it('drift says what it left, not what it wanted', () => {
    const facts = OPEN['not moved']().facts({ tag: tagAt(C.digest), owner: 'dead' });
    expect(recover(facts)).toEqual({ kind: 'drift', found: C.digest, expected: A.digest });
  });

  it('the first promotion, cut off: no tag yet closes it', () => {
    const facts = new LaneStory().intend(A).facts({ tag: { kind: 'absent' }, owner: 'dead' });
    expect(recover(facts).kind).toBe('abort');
  });

  it('a lease that is no time keeps nobody out', () => {
    const open = new LaneStory().write(intentOf('op', A, { lease: 'soon' })).state.open;
    expect(ownerGone(open as never, 'unknown', LONG_OVER)).toBe(true);
  });
});
