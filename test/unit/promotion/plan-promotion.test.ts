import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { Policy } from '../../../src/core/policy.ts';
import {
  planPromotion,
  type PromotionFacts,
  type PromotionRequest,
} from '../../../src/promotion/plan-promotion.ts';
import type { Reason } from '../../../src/promotion/reason.ts';
import { asRecorded, COMMITTED, HELD as held } from '../../support/opened-evidence.ts';
import { A, at, B, C, LaneStory, samplePolicy, STAGING, tagAt } from '../../support/lane-story.ts';

const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };
const ARTIFACT = digestOf('artifact');

/** What a promotion of B to a lane that serves A is decided on; all is well, unless told otherwise. */
function facts(changes: Partial<PromotionFacts> = {}, story = new LaneStory().proved(A)): PromotionFacts {
  const seen = story.facts();
  return {
    ...seen,
    target: changes.tag ?? seen.tag,
    release: B,
    policy: samplePolicy(),
    before: undefined,
    missing: [],
    opened: asRecorded(changes.release ?? B),
    config: COMMITTED,
    rules,
    approvals: [],
    ...changes,
  };
}

function reasons(
  changes: Partial<PromotionFacts>,
  story?: LaneStory,
  request: PromotionRequest = {},
): readonly Reason[] {
  const plan = planPromotion(facts(changes, story), request);
  if (plan.kind !== 'refused') throw new Error(`${plan.kind}, not refused`);
  return plan.reasons;
}

const policy = (changes: Partial<Policy>) => samplePolicy(changes);
const staging = () => new LaneStory(STAGING);
const AFTER = policy({ after: 'staging' });

describe('planPromotion goes', () => {
  it('from what the tag says to the release, under the policy of today', () => {
    const today = policy({ soakMs: 60_000, onFailure: 'rollback' });
    expect(planPromotion(facts({ policy: today }), { reason: 'monday', comment: '77' })).toEqual({
      kind: 'operate',
      action: 'promote',
      from: A.digest,
      release: B,
      policy: today,
      config: COMMITTED,
      reason: 'monday',
      comment: '77',
    });
  });

  it('to a lane that has no tag yet', () => {
    expect(planPromotion(facts({}, new LaneStory()), {})).toMatchObject({ kind: 'operate', from: 'absent' });
  });

  it.each([
    ['healthy there', staging().proved(B)],
    ['healthy there, something newer in it by now', staging().proved(B).promoted(C)],
    ['healthy there, and now a look that says nothing', staging().proved(B).look('inconclusive')],
    ['healthy there once, on its way again', staging().proved(B).promoted(C).promoted(B)],
  ])('after an environment: %s', (_, { state }) => {
    expect(planPromotion(facts({ policy: AFTER, before: state }), {}).kind).toBe('operate');
  });

  it('to a new tag that nothing is at yet', () => {
    const renamed = { policy: policy({ tag: 'live' }), target: { kind: 'absent' } as const };
    expect(planPromotion(facts(renamed), {})).toMatchObject({ kind: 'operate', from: 'absent' });
  });

  it('not to a new tag that cannot be read', () => {
    const target = { kind: 'unreadable', why: '503.' } as const;
    const found = reasons({ policy: policy({ tag: 'live' }), target });
    expect(found.map(({ code }) => code)).toContain('tag-unreadable');
  });

  it('nowhere, where it is already', () => {
    const plan = planPromotion(facts({ release: A }), {});
    expect(plan).toMatchObject({ kind: 'nothing', tenure: { seq: 1 } });
    expect(plan).toMatchObject({
      message: expect.stringMatching(/^1\.0\.0 .* is in bank\/production already\.$/),
    });
  });

  it('nowhere, where it is already, even if it would not be let in today', () => {
    const story = new LaneStory().proved(A).write({ kind: 'locked', id: 'l', reason: 'audit' });
    expect(planPromotion(facts({ release: A }, story), {}).kind).toBe('nothing');
  });

  it('again, where it is already but its deployment failed', () => {
    const story = new LaneStory().proved(A).intend(B).moved().failed('deploy');
    expect(planPromotion(facts({}, story), {}).kind).toBe('operate');
  });
});

const quarantine = [
  { digest: B.digest, environment: 'staging', seq: 4, at: at(0), actor: 'bo', reason: 'wrong scores' },
];

describe('planPromotion refuses, for one reason alone', () => {
  const table: [string, Partial<PromotionFacts>, LaneStory, Partial<Reason>][] = [
    [
      'busy',
      {},
      new LaneStory().proved(A).intend(C),
      {
        code: 'busy',
        settle: 'rollback bank/production',
        message: expect.stringContaining('ana is at work') as never,
      },
    ],
    [
      'drift',
      { tag: tagAt(C.digest) },
      new LaneStory().proved(A),
      { code: 'drift', settle: 'rollback bank/production   or   adopt bank/production --reason "…"' },
    ],
    [
      'the tag is gone',
      { tag: { kind: 'absent' } },
      new LaneStory().proved(A),
      { code: 'drift', settle: 'rollback bank/production' },
    ],
    [
      'a tag that was there before the ledger',
      { tag: tagAt(C.digest) },
      new LaneStory(),
      { code: 'not-adopted', settle: 'adopt bank/production --reason "in service since …"' },
    ],
    [
      'a tag that cannot be read',
      { tag: { kind: 'unreadable', why: '503 from the registry.' } },
      new LaneStory().proved(A),
      {
        code: 'tag-unreadable',
        message: 'The tag cannot be read, and nothing is guessed: 503 from the registry.',
      },
    ],
    [
      'another tag in the config',
      { policy: policy({ tag: 'live' }) },
      new LaneStory().proved(A),
      { code: 'tag-renamed', settle: 'adopt bank/production --reason "new tag"' },
    ],
    [
      'another image',
      { release: { ...B, image: 'ghcr.io/acme/other' } },
      new LaneStory().proved(A),
      { code: 'image-differs' },
    ],
    [
      'a lock',
      {},
      new LaneStory().proved(A).write({ kind: 'locked', id: 'l', reason: 'audit' }),
      {
        code: 'locked',
        settle: 'unlock bank/production',
        message: expect.stringMatching(/locked by ana since .*: audit$/) as never,
      },
    ],
    [
      'quarantine, by any lane of the model',
      {},
      new LaneStory(undefined, quarantine).proved(A),
      {
        code: 'quarantined',
        settle: 'release bank@2.0.0 --reason "…"',
        message: expect.stringMatching(/bo rolled staging back from it at .* \(wrong scores\)\.$/) as never,
      },
    ],
    [
      'never in the environment before',
      { policy: AFTER, before: staging().proved(A).state },
      new LaneStory().proved(A),
      { code: 'order', settle: 'promote bank/staging 2.0.0' },
    ],
    [
      'the environment before has no history',
      { policy: AFTER },
      new LaneStory().proved(A),
      { code: 'order' },
    ],
    [
      'not healthy there yet',
      { policy: AFTER, before: staging().promoted(B).look('observed').state },
      new LaneStory().proved(A),
      {
        code: 'order',
        settle: 'verify bank/staging',
        message: expect.stringContaining('is not proved healthy yet') as never,
      },
    ],
    [
      'healthy there once, in trouble now',
      { policy: AFTER, before: staging().proved(B).look('failed').state },
      new LaneStory().proved(A),
      { code: 'order', message: expect.stringContaining('had trouble (ready: saw 500.)') as never },
    ],
    [
      'healthy there once, then not deployed',
      { policy: AFTER, before: staging().proved(B).promoted(A).intend(B).moved().failed('deploy').state },
      new LaneStory().proved(A),
      { code: 'order' },
    ],
    [
      'approvals, which only the forge can give',
      { policy: policy({ approvals: 2 }) },
      new LaneStory().proved(A),
      { code: 'approvals', message: expect.stringContaining('2 of 2 approvals of 2.0.0') as never },
    ],
    [
      'parts that are gone',
      {
        missing: [
          { what: 'layer', digest: ARTIFACT },
          { what: 'config', digest: ARTIFACT },
        ],
      },
      new LaneStory().proved(A),
      {
        code: 'not-pullable',
        message: expect.stringContaining(`layer ${ARTIFACT.slice(0, 19)} and 1 more`) as never,
      },
    ],
    [
      'nothing proves what the image carries',
      { release: { ...B, carries: 'unproved' }, policy: policy({ carriesArtifact: true }) },
      new LaneStory().proved(A),
      { code: 'artifact-unproved' },
    ],
    [
      'no evidence',
      { policy: policy({ requires: ['gate'] }) },
      new LaneStory().proved(A),
      { code: 'evidence-missing' },
    ],
  ];
  it.each(table)('%s', (_, ...[changes, story, reason]) => {
    const found = reasons(changes, story);
    expect(found.map(({ code }) => code)).toEqual([reason.code]);
    expect(found[0]).toMatchObject(reason);
  });
});

describe('planPromotion', () => {
  it('refuses with all reasons at once', () => {
    const story = new LaneStory(undefined, quarantine).proved(A);
    story.write({ kind: 'locked', id: 'l', reason: 'audit' }).intend(C);
    const everything = {
      release: { ...held, image: 'ghcr.io/acme/other', carries: 'unproved' as const },
      policy: policy({
        tag: 'live',
        after: 'staging',
        approvals: 1,
        carriesArtifact: true,
        requires: ['gate', 'shadow'],
        evidenceFrom: 'default-branch',
        evidenceAgeMs: 1000,
      }),
      rules: { ...rules, gates: digestOf('gates') },
      missing: [{ what: 'manifest', digest: B.digest }] as const,
    };
    expect(reasons(everything, story).map(({ code }) => code)).toEqual([
      'busy',
      'tag-renamed',
      'image-differs',
      'locked',
      'quarantined',
      'order',
      'approvals',
      'not-pullable',
      'artifact-unproved',
      'evidence-holds',
      'evidence-expired',
      'evidence-gates-changed',
      'evidence-origin',
      'evidence-missing',
    ]);
  });
});
