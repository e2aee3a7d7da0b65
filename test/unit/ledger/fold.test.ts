import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/core/canonical-json.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { readEntry, writeDocument } from '../../../src/ledger/document.ts';
import { applyEntry, fold } from '../../../src/ledger/fold.ts';
import { A, B, at, followsTag, intentOf, LANE, LaneStory, samplePolicy } from '../../support/lane-story.ts';

describe('fold: an operation', () => {
  it('opens with its intent and keeps all that a later command needs', () => {
    const { state } = new LaneStory().intend(A, {
      comment: '77',
      reason: 'first',
      acceptedHold: true,
      lease: at(900),
    });
    expect(state.open).toEqual({
      seq: 1,
      operation: 'id-1',
      action: 'promote',
      from: 'absent',
      to: A.digest,
      release: A,
      policy: samplePolicy(),
      actor: 'ana',
      owner: { kind: 'process', host: 'laptop', pid: 1, startedAt: 'then' },
      lease: at(900),
      at: at(60_000),
      askedAt: at(0),
      comment: '77',
      reason: 'first',
      acceptedHold: true,
      moved: false,
    });
    expect(state.policy).toEqual(samplePolicy());
    expect(state.tenures).toEqual([]);
  });

  it('brings its release with moved, and stays open until it is deployed', () => {
    const story = new LaneStory().intend(A).moved();
    expect(story.state.open?.moved).toBe(true);
    expect(story.tenure).toEqual({
      seq: 1,
      action: 'promote',
      release: A,
      from: 'absent',
      actor: 'ana',
      requires: [],
      soakMs: 0,
      movedAt: at(120_000),
    });
    story.deployed();
    expect(story.state.open).toBeUndefined();
    expect(story.tenure.deployedAt).toBe(at(180_000));
  });

  it.each([
    ['nothing is deployed', { policy: followsTag() }],
    ['it is an adoption', { action: 'adopt' as const }],
  ])('closes at moved where %s', (_, changes) => {
    const story = new LaneStory().intend(A, changes).moved();
    expect(story.state.open).toBeUndefined();
    expect(story.tenure.release).toEqual(A);
    expect(story.tenure.deployedAt).toBeUndefined();
  });

  it('a repair closes at moved and makes no new stay', () => {
    const story = new LaneStory().proved(A);
    const { tenures } = story.state;
    story.intend(A, { action: 'repair', from: B.digest }).moved();
    expect(story.state.open).toBeUndefined();
    expect(story.state.tenures).toEqual(tenures);
  });

  it('a rollback quarantines what it leaves with its intent, before anything moves', () => {
    const story = new LaneStory().proved(A).promoted(B);
    story.intend(A, {
      action: 'rollback',
      leaves: { digest: B.digest, version: '2.0.0' },
      reason: 'wrong scores',
    });
    const left = {
      digest: B.digest,
      version: '2.0.0',
      environment: 'production',
      seq: 8,
      at: story.now,
      actor: 'ana',
      reason: 'wrong scores',
    };
    expect(story.state.left).toEqual([left]);
    expect(story.view.quarantine).toEqual([left]);
    expect(story.tenure.release).toEqual(B);
  });

  it('leaving the same release twice keeps the last time only', () => {
    const story = new LaneStory().proved(A).promoted(B).rolledBack(A).promoted(B).rolledBack(A);
    expect(story.state.left.map(({ seq }) => seq)).toEqual([14]);
  });

  it('released takes one digest out of quarantine, and no other', () => {
    const story = new LaneStory().promoted(A).promoted(B).rolledBack(A).rolledBack(B);
    expect(story.state.left.map(({ digest }) => digest)).toEqual([B.digest, A.digest]);
    story.write({ kind: 'released', id: 'r', digest: B.digest, reason: 'fixed' });
    expect(story.state.left.map(({ digest }) => digest)).toEqual([A.digest]);
  });

  it('locks and unlocks', () => {
    const story = new LaneStory().write({ kind: 'locked', id: 'l', reason: 'audit' });
    expect(story.state.lock).toEqual({ reason: 'audit', actor: 'ana', at: at(60_000) });
    expect(story.write({ kind: 'unlocked', id: 'u' }).state).not.toHaveProperty('lock');
  });
});

describe('fold: what failed', () => {
  it('tag: closes; what was to come is a stray, and can land for ten seconds', () => {
    const story = new LaneStory().proved(A).intend(B).failed('tag');
    expect(story.state).toMatchObject({
      strays: [{ digest: B.digest, at: story.now }],
      unsettledUntil: at(story.ms + 10_000),
    });
    expect(story.state.open).toBeUndefined();
    expect(story.tenure.release).toEqual(A);
  });

  it('aborted: the same', () => {
    const story = new LaneStory().proved(A).intend(B).aborted();
    expect(story.state).toMatchObject({
      strays: [{ digest: B.digest, at: story.now }],
      unsettledUntil: at(story.ms + 10_000),
    });
    expect(story.state.open).toBeUndefined();
  });

  it('deploy: closes; the release stays current, in trouble; nothing is unsettled', () => {
    const story = new LaneStory().proved(A).intend(B).moved().failed('deploy');
    expect(story.state.open).toBeUndefined();
    expect(story.state.strays).toEqual([]);
    expect(story.tenure).toMatchObject({
      release: B,
      trouble: { kind: 'failed', phase: 'deploy', message: 'no deploy', at: story.now },
    });
  });

  it('probe: the current release is in trouble and its soak begins again; what was proved once stays said', () => {
    const story = new LaneStory().proved(A).look('failed');
    expect(story.tenure.trouble).toEqual({
      kind: 'failed',
      phase: 'probe',
      message: 'ready: saw 500.',
      at: story.now,
    });
    expect(story.tenure).not.toHaveProperty('soak');
    expect(story.tenure.healthyAt).toBe(at(story.ms - 60_000));
  });
});

describe('fold: looks', () => {
  it.each(['observed', 'healthy'] as const)('%s counts, and ends trouble', (kind) => {
    const story = new LaneStory().promoted(A).look('failed').look(kind);
    expect(story.tenure).not.toHaveProperty('trouble');
    expect(story.tenure.soak).toEqual({ since: story.now, lastAt: story.now, looks: 1 });
    expect(story.tenure.healthyAt).toBe(kind === 'healthy' ? story.now : undefined);
  });

  it('inconclusive is trouble, and begins the soak again', () => {
    const story = new LaneStory().promoted(A).look('observed').look('inconclusive', 'no network');
    expect(story.tenure).toMatchObject({ trouble: { kind: 'inconclusive', phase: 'probe' } });
    expect(story.tenure).not.toHaveProperty('soak');
  });

  it('healthy after a gap is said all the same: the writer judged, the fold records', () => {
    const policy = samplePolicy({ soakMs: 3_600_000 });
    const story = new LaneStory()
      .promoted(A, { policy })
      .look('observed')
      .wait(2 * 3_600_000)
      .look('healthy');
    expect(story.tenure).toMatchObject({ soak: { since: story.now, looks: 1 }, healthyAt: story.now });
  });

  it.each(['observed', 'healthy', 'inconclusive', 'failed'] as const)(
    '%s of a release that is not current changes nothing',
    (kind) => {
      const story = new LaneStory().proved(A).promoted(B);
      const { tenures } = story.state;
      const shared = { id: 'x', digest: A.digest, message: '' };
      story.write(kind === 'failed' ? { ...shared, kind, phase: 'probe' } : { ...shared, kind });
      expect(story.state.tenures).toEqual(tenures);
    },
  );
});

describe('fold: what belongs to no open operation only advances the chain', () => {
  const shared = { id: 'x', operation: 'another' };
  it.each([
    ['moved', { ...shared, kind: 'moved', digest: B.digest }],
    ['deployed', { ...shared, kind: 'deployed', digest: B.digest }],
    ['failed tag', { ...shared, kind: 'failed', phase: 'tag', digest: B.digest, message: '' }],
    ['failed deploy', { ...shared, kind: 'failed', phase: 'deploy', digest: B.digest, message: '' }],
    ['aborted', { ...shared, kind: 'aborted', message: '' }],
  ] as const)('%s', (_, draft) => {
    for (const story of [new LaneStory().proved(A), new LaneStory().proved(A).intend(B).moved()]) {
      const before = story.state;
      const { seq, last, at: when } = story.write(draft).state;
      expect(story.state).toEqual({ ...before, seq, last, at: when });
      expect(seq).toBe(before.seq + 1);
    }
  });
});

describe('fold: later versions of schema 1', () => {
  const story = new LaneStory().proved(A);
  const entry = {
    schema: 1,
    seq: story.state.seq + 1,
    model: 'bank',
    environment: 'production',
    previous: story.state.last,
    id: 'new',
    at: at(3_600_000),
    actor: { name: 'ana', via: 'cli' },
  };

  it('an unknown kind is chained and passed over', () => {
    const text = writeDocument({ ...entry, kind: 'drilled', took: 12 });
    const after = applyEntry(story.state, readEntry(text, 'p'));
    expect(after).toEqual({ ...story.state, seq: entry.seq, last: digestOf(text), at: entry.at });
  });

  it('unknown fields of a known kind are passed over, at any depth', () => {
    const { id, ...draft } = intentOf('new', B);
    const policy = { ...draft.policy, freeze: { until: 'monday' } };
    const release = { ...B, signedBy: 'cosign' };
    const text = writeDocument({ ...entry, ...draft, id, policy, release, priority: 'high' });
    const { state } = new LaneStory();
    const after = applyEntry(state, readEntry(text, 'p'));
    expect(after.open?.release).toEqual(B);
    expect(after.policy).toEqual(samplePolicy());
    expect(after.last).toBe(digestOf(text));
    expect(canonicalJson(after)).not.toMatch(/freeze|cosign|priority/);
  });

  it('a known kind that lacks a field is an error, never a foreign entry', () => {
    const text = writeDocument({ ...entry, kind: 'moved', digest: A.digest });
    expect(() => readEntry(text, 'lanes/x')).toThrow(/lanes\/x cannot be understood at "operation"/);
  });
});

describe('fold: limits', () => {
  it('keeps the last 200 comments', () => {
    const story = new LaneStory();
    for (let i = 1; i <= 205; i++) story.intend(A, { comment: `c${i}` });
    expect(story.state.comments).toHaveLength(200);
    expect(story.state.comments[0]).toEqual({ id: 'c6', seq: 6 });
    expect(story.state.comments.at(-1)).toEqual({ id: 'c205', seq: 205 });
  });

  it('keeps the last 20 strays, each digest once', () => {
    const story = new LaneStory().proved(A);
    for (let i = 0; i < 3; i++) story.intend(B).aborted();
    expect(story.state.strays).toHaveLength(1);
    for (let i = 0; i < 25; i++)
      story.intend({ ...B, digest: digestOf(`${i}`) }, { to: digestOf(`${i}`) }).aborted();
    expect(story.state.strays).toHaveLength(20);
    expect(story.state.strays.at(-1)?.digest).toBe(digestOf('24'));
  });
});

it('fold applies one entry after the other', () => {
  const story = new LaneStory().proved(A).promoted(B).look('failed').rolledBack(A);
  expect(fold(LANE, story.entries)).toEqual(story.state);
  expect(fold(LANE, [])).toEqual(new LaneStory().state);
});
