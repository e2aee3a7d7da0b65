import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import { judgeCandidate, rankCandidates, type Candidate } from '../../../src/ledger/known-good.ts';
import type { EvidenceRef, Release } from '../../../src/core/release.ts';
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

  describe('adopted in spite of its verdict', () => {
    const verdict = (outcome: EvidenceRef['outcome'], changes: Partial<EvidenceRef> = {}): EvidenceRef => ({
      kind: 'gate',
      digest: digestOf(`verdict ${outcome}`),
      outcome,
      artifact: digestOf('artifact'),
      createdAt: at(0),
      reason: 'roc_auc is 0.70, below 0.75.',
      ...changes,
    });
    const bad = (...evidence: EvidenceRef[]): Release => ({ ...A, artifact: digestOf('artifact'), evidence });
    const adopted = (release: Release) =>
      new LaneStory().intend(release, { action: 'adopt' }).moved().look('healthy').promoted(B);

    it.each<[string, readonly EvidenceRef[], string]>([
      ['fail', [verdict('fail')], 'verdict-fails'],
      ['error', [verdict('error')], 'verdict-fails'],
      ['fail for this environment', [verdict('fail', { environment: 'production' })], 'verdict-fails'],
      ['a shadow that fails', [verdict('pass'), verdict('fail', { kind: 'shadow' })], 'verdict-fails'],
      ['pass', [verdict('pass')], 'known good'],
      ['hold', [verdict('hold')], 'known good'],
      ['fail for another environment', [verdict('fail', { environment: 'staging' })], 'known good'],
      ['fail, and a pass since', [verdict('fail'), verdict('pass', { createdAt: at(1) })], 'known good'],
      ['fail of another artifact', [verdict('fail', { artifact: digestOf('other') })], 'known good'],
      ['none', [], 'known good'],
    ])('%s', (_, evidence, expected) => {
      expect(judged(adopted(bad(...evidence)))).toContainEqual(['1.0.0', expected]);
    });

    it('says so', () => {
      const [, candidate] = rankCandidates(adopted(bad(verdict('fail'))).state, B.digest, []);
      expect(candidate?.rejected?.message).toBe(
        `1.0.0 (${A.digest.slice(0, 19)}) was adopted, not promoted, and its gate verdict is fail: roc_auc is 0.70, below 0.75.`,
      );
    });

    it('a rollback to it all the same proves nothing new; a promotion since does', () => {
      const release = bad(verdict('fail'));
      const back = adopted(release).rolledBack(release, { unproved: true }).look('healthy').promoted(C);
      expect(judged(back)).toContainEqual(['1.0.0', 'verdict-fails']);
      expect(
        judged(
          adopted(release)
            .proved(bad(verdict('pass')))
            .promoted(C),
        ),
      ).toContainEqual(['1.0.0', 'known good']);
    });

    it('a promotion counts by what its policy asked for', () => {
      const release = bad(verdict('fail'));
      expect(judged(new LaneStory().proved(release).promoted(B))).toContainEqual(['1.0.0', 'known good']);
    });
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
