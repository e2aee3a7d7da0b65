import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import {
  candidatesToLookInto,
  chooseKnownGood,
  chooseNamed,
  RECENTLY_RESTORED_MS,
  type Choice,
  type Looked,
} from '../../../src/promotion/choose-target.ts';
import type { LaneFacts } from '../../../src/promotion/facts.ts';
import { leavingOf } from '../../../src/promotion/leaving.ts';
import { A, B, C, LaneStory, sampleRelease, tagAt } from '../../support/lane-story.ts';

const D = sampleRelease('4.0.0');
const WELL = { missing: [], evidenceGone: [] };
const UNPULLABLE = { missing: [{ what: 'layer', digest: digestOf('layer') }], evidenceGone: [] } as const;
const UNSPOKEN = { missing: [], evidenceGone: [digestOf('verdict')] };
const name = ({ digest, version }: typeof A) => ({ digest, version });

function known(story: LaneStory, looked: Looked = {}, changes: Partial<LaneFacts> = {}): Choice {
  const facts = { ...story.facts(changes), looked };
  return chooseKnownGood(facts, leavingOf(facts));
}
const told = ({ target, passedOver, reasons }: Choice) => ({
  target: target?.version,
  passedOver: passedOver.map(({ release, rejected }) => [release.version, rejected?.rule]),
  reasons: reasons.map(({ code }) => code),
});

/** A and C were proved, D never, B serves. */
const rich = () => new LaneStory().proved(A).proved(C).promoted(D).promoted(B);

describe('chooseKnownGood', () => {
  it('takes the newest that nothing speaks against, and names those passed over on the way', () => {
    expect(told(known(rich()))).toEqual({
      target: '3.0.0',
      passedOver: [
        ['2.0.0', 'being-left'],
        ['4.0.0', 'never-healthy'],
      ],
      reasons: [],
    });
  });

  it.each([
    ['cannot be pulled', UNPULLABLE, 'not-pullable'],
    ['has lost its evidence', UNSPOKEN, 'evidence-gone'],
  ])('passes over one that %s', (_, looked, rule) => {
    expect(told(known(rich(), { [C.digest]: looked, [A.digest]: WELL }))).toMatchObject({
      target: '1.0.0',
      passedOver: [
        ['2.0.0', 'being-left'],
        ['4.0.0', 'never-healthy'],
        ['3.0.0', rule],
      ],
    });
  });

  it('refuses where none is left, and says of each why not', () => {
    const choice = known(rich(), { [C.digest]: UNPULLABLE, [A.digest]: UNSPOKEN });
    expect(told(choice)).toEqual({
      target: undefined,
      passedOver: [
        ['2.0.0', 'being-left'],
        ['4.0.0', 'never-healthy'],
        ['3.0.0', 'not-pullable'],
        ['1.0.0', 'evidence-gone'],
      ],
      reasons: ['no-known-good'],
    });
    expect(choice.reasons[0]?.settle).toBe('rollback bank/production 1.0.0 --unproved --reason "…"');
  });

  it('refuses in a lane without history', () => {
    expect(told(known(new LaneStory()))).toEqual({
      target: undefined,
      passedOver: [],
      reasons: ['nothing-to-leave'],
    });
  });
});

describe('chooseKnownGood just after a rollback', () => {
  const restored = () => rich().rolledBack(C);
  const refusal = { target: undefined, reasons: ['recently-restored'] };

  it('does not go further back: who asks again may not know', () => {
    const choice = known(restored());
    expect(told(choice)).toMatchObject(refusal);
    expect(choice.reasons[0]).toMatchObject({
      settle: expect.stringMatching(/^rollback bank\/production 3\.0\.0/),
      message: expect.stringMatching(
        /was rolled back to 3\.0\.0 .* by ana at .*Name it to deploy it once more, or name an older one to go further back/,
      ),
    });
  });

  it.each<[string, LaneStory, object]>([
    ['long after, but never proved', restored().wait(10 * RECENTLY_RESTORED_MS), refusal],
    ['proved, but a short time ago', restored().look('healthy'), refusal],
    [
      'proved, a moment before the time is over',
      restored()
        .look('healthy')
        .wait(RECENTLY_RESTORED_MS - 120_001),
      refusal,
    ],
    ['proved, and long ago', restored().look('healthy').wait(RECENTLY_RESTORED_MS), { target: '1.0.0' }],
    ['a clock that went back', restored().look('healthy').wait(-86_400_000), refusal],
    ['something was promoted since', restored().promoted(D), { target: '3.0.0' }],
    ['a promotion is open', restored().intend(D), { target: '3.0.0' }],
  ])('%s', (_, story, expected) => {
    expect(told(known(story))).toMatchObject(expected);
  });

  it('goes back to it where the tag was moved by hand since', () => {
    const story = restored().look('healthy');
    expect(told(known(story, {}, { tag: tagAt(D.digest) }))).toMatchObject({ target: '3.0.0' });
  });
});

function named(
  story: LaneStory,
  release: typeof A,
  { looked = {}, unproved = false, reason }: { looked?: Looked; unproved?: boolean; reason?: string } = {},
): Choice {
  const facts = { ...story.facts(), looked };
  return chooseNamed(facts, leavingOf(facts), { release, unproved, reason });
}

describe('chooseNamed', () => {
  it('takes one that is known good, newest or not', () => {
    expect(told(named(rich(), A))).toEqual({ target: '1.0.0', passedOver: [], reasons: [] });
  });

  it('says nothing of unproved where it is proved', () => {
    expect(named(rich(), A, { unproved: true }).passedOver).toEqual([]);
  });

  it.each<[string, LaneStory, typeof A, RegExp]>([
    ['never healthy', rich(), D, /never proved healthy here for its whole soak/],
    ['never here', rich(), sampleRelease('9.0.0'), /9\.0\.0 .* was never proved healthy here/],
    ['quarantined', rich().rolledBack(C), B, /is quarantined/],
    ['the one being left', rich(), B, /is the one being left/],
    [
      'failed its last look',
      new LaneStory().proved(A).look('failed').promoted(B),
      A,
      /failed its last look: ready: saw 500/,
    ],
  ])('refuses one that is not: %s; and tells the way out', (_, ...[story, release, message]) => {
    const choice = named(story, release);
    expect(told(choice)).toEqual({ target: undefined, passedOver: [], reasons: ['not-known-good'] });
    expect(choice.reasons[0]).toMatchObject({
      message: expect.stringMatching(message),
      settle: `rollback bank/production ${release.version} --unproved --reason "…"`,
    });
    expect(told(named(story, release, { unproved: true }))).toMatchObject({ reasons: ['reason-missing'] });
    const meant = named(story, release, { unproved: true, reason: 'all else is worse' });
    expect(meant).toMatchObject({ target: release, passedOver: [{ release }], reasons: [] });
  });

  it('never takes one that cannot be pulled, however much it is meant', () => {
    const looked = { [A.digest]: UNPULLABLE };
    expect(told(named(rich(), A, { looked, unproved: true, reason: 'r' }))).toMatchObject({
      target: undefined,
      reasons: ['not-pullable'],
    });
  });

  it('takes one that has lost its evidence only as unproved', () => {
    const looked = { [A.digest]: UNSPOKEN };
    expect(told(named(rich(), A, { looked })).reasons).toEqual(['not-known-good']);
    expect(told(named(rich(), A, { looked, unproved: true, reason: 'r' })).target).toBe('1.0.0');
  });

  it('deploys once more what was just restored, without more words', () => {
    expect(told(named(rich().rolledBack(C), C))).toEqual({ target: '3.0.0', passedOver: [], reasons: [] });
  });
});

describe('candidatesToLookInto', () => {
  const versions = (facts: LaneFacts, release?: typeof A) =>
    candidatesToLookInto(facts, release).map(({ version }) => version);

  it('those that the ledger alone does not reject, newest first', () => {
    expect(versions(rich().facts())).toEqual(['3.0.0', '1.0.0']);
  });

  it('the named one alone', () => {
    expect(versions(rich().facts(), D)).toEqual(['4.0.0']);
  });

  it('where a rollback is open, its target alone', () => {
    const story = rich().intend(A, { action: 'rollback', leaves: name(B) });
    expect(versions(story.facts())).toEqual(['1.0.0']);
  });
});
