import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import { judgeCandidate, rankCandidates, type Candidate } from '../../../src/ledger/known-good.ts';
import type { Left } from '../../../src/ledger/state.ts';
import { A, at, B, C, LaneStory, samplePolicy } from '../../support/lane-story.ts';

const told = (candidates: readonly Candidate[]) =>
  candidates.map(({ release, rejected }) => [release.version, rejected?.rule ?? 'known good']);

/** What a lane's ledger alone says of its history, where B is being left. */
function judged(
  story: LaneStory,
  leaving = B.digest,
  quarantine: readonly Left[] = story.view.quarantine,
): unknown {
  return told(rankCandidates(story.state, leaving, quarantine));
}

describe('rankCandidates', () => {
  it('nothing, where nothing was', () => {
    expect(judged(new LaneStory())).toEqual([]);
  });

  it('newest first, each release once, by all of its stays', () => {
    const story = new LaneStory().proved(A).proved(C).promoted(A).promoted(B);
    expect(judged(story)).toEqual([
      ['2.0.0', 'being-left'],
      ['1.0.0', 'known good'],
      ['3.0.0', 'known good'],
    ]);
  });

  it.each<[string, (story: LaneStory) => LaneStory, string]>([
    ['healthy after its soak', (s) => s.look('observed').look('healthy'), 'known good'],
    ['looked at, soak not over', (s) => s.look('observed'), 'never-healthy'],
    ['never looked at', (s) => s, 'never-healthy'],
    ['healthy, then a failed look', (s) => s.look('healthy').look('failed'), 'last-look-failed'],
    ['healthy, failed, good again', (s) => s.look('healthy').look('failed').look('observed'), 'known good'],
    ['healthy, then a look that says nothing', (s) => s.look('healthy').look('inconclusive'), 'known good'],
    ['only looks that say nothing', (s) => s.look('inconclusive'), 'never-healthy'],
    [
      'healthy; a later stay was not deployed',
      (s) => s.look('healthy').promoted(C).intend(A).moved().failed('deploy'),
      'known good',
    ],
    [
      'healthy; a later stay failed its look',
      (s) => s.look('healthy').promoted(C).promoted(A).look('failed'),
      'last-look-failed',
    ],
    ['failed; a later stay was healthy', (s) => s.look('failed').promoted(C).proved(A), 'known good'],
    [
      'healthy; rolled back from',
      (s) => s.look('healthy').promoted(C).rolledBack(A).rolledBack(C),
      'quarantined',
    ],
    [
      'healthy; rolled back from; released',
      (s) =>
        s
          .look('healthy')
          .promoted(C)
          .rolledBack(A)
          .rolledBack(C)
          .write({ kind: 'released', id: 'r', digest: A.digest, reason: 'ok' }),
      'known good',
    ],
  ])('%s', (_, history, verdict) => {
    const story = history(new LaneStory().promoted(A)).promoted(B);
    expect(judged(story)).toContainEqual(['1.0.0', verdict]);
  });

  it('quarantined by another lane of the model', () => {
    const left = { digest: A.digest, environment: 'staging', seq: 3, at: at(0), actor: 'bo' };
    const story = new LaneStory().proved(A).promoted(B);
    const [, candidate] = rankCandidates(story.state, B.digest, [left]);
    expect(candidate?.rejected).toEqual({
      rule: 'quarantined',
      message: `1.0.0 (${A.digest.slice(0, 19)}) is quarantined: bo rolled staging back from it at ${at(0)}.`,
    });
  });

  it('an adopted release is known good by its looks like any other', () => {
    const story = new LaneStory().intend(A, { action: 'adopt' }).moved();
    expect(judged(story)).toEqual([['1.0.0', 'never-healthy']]);
    expect(judged(story.look('healthy').promoted(B))).toContainEqual(['1.0.0', 'known good']);
  });

  it('the soak that counts is that of its own stay', () => {
    const policy = samplePolicy({ soakMs: 3_600_000 });
    expect(judged(new LaneStory().promoted(A, { policy }).look('observed').promoted(B))).toContainEqual([
      '1.0.0',
      'never-healthy',
    ]);
  });
});

describe('judgeCandidate', () => {
  const gone = digestOf('layer');

  it('says which part cannot be pulled', () => {
    const facts = { missing: [{ what: 'layer', digest: gone }], evidenceGone: [] } as const;
    expect(judgeCandidate({ release: A }, facts).rejected).toEqual({
      rule: 'not-pullable',
      message: `1.0.0 (${A.digest.slice(0, 19)}) cannot be pulled any more: its layer ${gone.slice(0, 19)} is gone from the registry.`,
    });
  });

  it('says which evidence is gone', () => {
    const { rejected } = judgeCandidate({ release: A }, { missing: [], evidenceGone: [gone] });
    expect(rejected?.rule).toBe('evidence-gone');
    expect(rejected?.message).toContain(gone.slice(0, 19));
  });

  it('what the ledger rejected stays rejected for that reason', () => {
    const rejected = { rule: 'never-healthy', message: 'm' } as const;
    const facts = { missing: [{ what: 'layer', digest: gone }], evidenceGone: [gone] } as const;
    expect(judgeCandidate({ release: A, rejected }, facts)).toEqual({ release: A, rejected });
  });

  it('nothing missing: known good', () => {
    expect(judgeCandidate({ release: A }, { missing: [], evidenceGone: [] })).toEqual({ release: A });
  });
});
