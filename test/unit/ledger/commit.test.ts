import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { Head } from '../../../src/core/ledger-store.ts';
import { composeCommit, type LaneView } from '../../../src/ledger/commit.ts';
import { readEntry, readQuarantine, readState } from '../../../src/ledger/document.ts';
import { mergeQuarantine, quarantined } from '../../../src/ledger/quarantine.ts';
import { emptyState, type Left } from '../../../src/ledger/state.ts';
import { A, at, B, C, intentOf, LANE, LaneStory, STAGING } from '../../support/lane-story.ts';

const LANE_FOLDER = 'lanes/bank/production';
const STATE = `${LANE_FOLDER}/state.json`;
const QUARANTINE = 'releases/bank/quarantine.json';
const actor = { name: 'ana', via: 'cli' };

const EMPTY: LaneView = { lane: LANE, head: undefined, state: emptyState(LANE), quarantine: [] };

describe('composeCommit', () => {
  const drafts = [intentOf('op', A), { kind: 'moved', id: 'm', operation: 'op', digest: A.digest }] as const;
  const { commit, after } = composeCommit(EMPTY, { drafts, actor, run: 'https://ci/1', now: at(5) });

  it('writes the entries, the state, and nothing else', () => {
    expect(Object.keys(commit.files)).toEqual([
      `${LANE_FOLDER}/entries/0/000001-intent.json`,
      `${LANE_FOLDER}/entries/0/000002-moved.json`,
      STATE,
    ]);
    expect(commit).toMatchObject({ parent: undefined, message: 'bank/production: intent, moved' });
    expect(readState(commit.files[STATE] ?? '', STATE)).toEqual(after.state);
  });

  it('chains every entry to the bytes of the one before', () => {
    const [first = '', second = ''] = Object.values(commit.files);
    const [one, two] = [readEntry(first, 'one'), readEntry(second, 'two')];
    expect(one.entry).toMatchObject({ seq: 1, previous: null, at: at(5), actor, run: 'https://ci/1' });
    expect(two.entry).toMatchObject({
      seq: 2,
      previous: digestOf(first),
      model: 'bank',
      environment: 'production',
    });
    expect(after.state).toMatchObject({ seq: 2, last: digestOf(second) });
  });

  it('stands on the head that was read, and carries the files that come with it', () => {
    const head = 'a'.repeat(40) as Head;
    const files = { 'releases/bank/newest.json': '{}\n' };
    const lock = { kind: 'locked', id: 'l', reason: 'audit' } as const;
    const { commit: next } = composeCommit(
      { ...EMPTY, ...after, head },
      { drafts: [lock], actor, files, now: at(9) },
    );
    expect(next.parent).toBe(head);
    expect(Object.keys(next.files)).toEqual([
      'releases/bank/newest.json',
      `${LANE_FOLDER}/entries/0/000003-locked.json`,
      STATE,
    ]);
  });

  it('a clock that jumps back never dates an entry before the one before it', () => {
    const story = new LaneStory().promoted(A);
    const { now } = story;
    story.wait(-86_400_000).look('healthy').wait(-60_000).look('failed');
    expect(story.entries.slice(-2).map(({ entry }) => entry.at)).toEqual([now, now]);
    story.wait(86_400_000 + 120_000).look('observed');
    expect(story.state.at).toBe(at(story.ms));
    expect(story.state.at ?? '').not.toBe(now);
  });

  it('a thousand entries share a folder', () => {
    const state = { ...emptyState(LANE), seq: 999 };
    const { commit: next } = composeCommit({ ...EMPTY, state }, { drafts: [drafts[0]], actor, now: at(0) });
    expect(Object.keys(next.files)[0]).toBe(`${LANE_FOLDER}/entries/1/001000-intent.json`);
  });

  it('writes the quarantine only when it changes', () => {
    const story = new LaneStory().proved(A).promoted(B);
    const leaves = intentOf('rb', A, { action: 'rollback', leaves: { digest: B.digest, version: '2.0.0' } });
    const lock = { kind: 'locked', id: 'l', reason: 'audit' } as const;
    const written = composeCommit(story.view, { drafts: [lock, leaves], actor, now: story.now });
    const text = written.commit.files[QUARANTINE];
    expect(readQuarantine(text, QUARANTINE)).toEqual(written.after.quarantine);
    expect(written.after.quarantine).toMatchObject([{ digest: B.digest, environment: 'production' }]);
    const next = composeCommit(
      { ...written.after, head: undefined },
      { drafts: [lock], actor, now: story.now },
    );
    expect(next.commit.files).not.toHaveProperty([QUARANTINE]);
  });
});

describe('the quarantine of a model', () => {
  const left = (digest: Left['digest'], environment: string, seq: number): Left => ({
    digest,
    environment,
    seq,
    at: at(seq),
    actor: environment,
  });

  it('is the union of what its lanes left, in one order whoever wrote last', () => {
    const [staging, production] = [left(A.digest, 'staging', 12), left(B.digest, 'production', 7)];
    const inProduction = { ...emptyState(LANE), left: [production] };
    const inStaging = { ...emptyState(STAGING), left: [staging] };
    const expected = [production, staging];
    expect(mergeQuarantine(mergeQuarantine([], inProduction), inStaging)).toEqual(expected);
    expect(mergeQuarantine(mergeQuarantine([], inStaging), inProduction)).toEqual(expected);
  });

  it('a lane replaces its own part only', () => {
    const before = [
      left(A.digest, 'production', 9),
      left(B.digest, 'production', 10),
      left(C.digest, 'staging', 1),
    ];
    const state = { ...emptyState(LANE), left: [left(B.digest, 'production', 10)] };
    expect(mergeQuarantine(before, state).map(({ digest }) => digest)).toEqual([B.digest, C.digest]);
    expect(mergeQuarantine(before, emptyState(LANE)).map(({ digest }) => digest)).toEqual([C.digest]);
  });

  it('orders by number, not by its digits', () => {
    const lefts = [left(A.digest, 'production', 9), left(B.digest, 'production', 10)];
    expect(mergeQuarantine([], { ...emptyState(LANE), left: lefts }).map(({ seq }) => seq)).toEqual([9, 10]);
  });

  it('tells why a digest is in it, and that it is not', () => {
    expect(quarantined([left(A.digest, 'staging', 1)], A.digest)?.environment).toBe('staging');
    expect(quarantined([left(A.digest, 'staging', 1)], B.digest)).toBeUndefined();
    expect(quarantined([], A.digest)).toBeUndefined();
  });

  it('tells the newest time, also where the environments are in another order', () => {
    const inProduction = { ...emptyState(LANE), left: [left(A.digest, 'production', 40)] };
    const merged = mergeQuarantine([left(A.digest, 'staging', 3)], inProduction);
    expect(quarantined(merged, A.digest)?.environment).toBe('production');
  });
});
