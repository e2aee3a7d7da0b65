import { describe, expect, it } from 'vitest';
import { digestOf, type Digest } from '../../../src/core/digest.ts';
import type { Policy } from '../../../src/core/policy.ts';
import type { EvidenceRef, Release } from '../../../src/core/release.ts';
import { evidenceReasons } from '../../../src/promotion/evidence-reasons.ts';
import { asRecorded } from '../../support/opened-evidence.ts';
import type { Tenure } from '../../../src/ledger/state.ts';
import { A, at, B, C, samplePolicy } from '../../support/lane-story.ts';

const ARTIFACT = digestOf('artifact');
const GATES = digestOf('gates');
const SHADOW = digestOf('shadow and gates');
const MAIN = { ref: 'refs/heads/main', run: 'https://ci/1' };

function verdict(changes: Partial<EvidenceRef> = {}): EvidenceRef {
  return {
    kind: 'gate',
    digest: digestOf(JSON.stringify(changes)),
    outcome: 'pass',
    artifact: ARTIFACT,
    createdAt: at(0),
    gates: GATES,
    ...MAIN,
    ...changes,
  };
}
/** `exactOptionalPropertyTypes`: a verdict without these fields. */
function without(...keys: ('gates' | 'ref' | 'run')[]): EvidenceRef {
  return Object.fromEntries(
    Object.entries(verdict()).filter(([key]) => !keys.includes(key as never)),
  ) as EvidenceRef;
}

function reasons(
  evidence: EvidenceRef[],
  changes: Partial<Policy> = {},
  current?: Tenure,
): readonly { code: string; message: string }[] {
  const release = { ...A, artifact: ARTIFACT, evidence };
  return evidenceReasons(
    {
      view: {
        lane: { environment: 'production' },
        state: { tenures: current === undefined ? [] : [current] },
      },
      release,
      opened: asRecorded(release),
      policy: samplePolicy({ requires: ['gate'], ...changes }),
      rules: { gates: GATES, shadow: SHADOW, defaultRef: 'refs/heads/main', actor: 'ana' },
      now: at(10_000),
    },
    {},
  );
}
const codes = (...given: Parameters<typeof reasons>) => reasons(...given).map(({ code }) => code);

describe('evidence that is enough', () => {
  it.each<[string, EvidenceRef[], Partial<Policy>]>([
    ['a pass on the default branch', [verdict()], { evidenceFrom: 'default-branch' }],
    ['a pass on a tag', [verdict({ ref: 'refs/tags/v1' })], { evidenceFrom: 'default-branch' }],
    ['a pass on a laptop, where that counts', [without('ref', 'run')], {}],
    ['a pass on another branch, where that counts', [verdict({ ref: 'refs/heads/topic' })], {}],
    ['exactly as old as it may be', [verdict()], { evidenceAgeMs: 10_000 }],
    ['made for this environment', [verdict({ environment: 'production' })], {}],
    ['nothing, where nothing is asked for', [], { requires: [] }],
    ['a fail of a kind that nobody asked for', [verdict(), verdict({ kind: 'shadow', outcome: 'fail' })], {}],
    ['a fail that a newer pass follows', [verdict({ outcome: 'fail' }), verdict({ createdAt: at(1) })], {}],
    [
      'a fail of this environment that its own newer pass follows',
      [
        verdict({ outcome: 'fail', environment: 'production' }),
        verdict({ environment: 'production', createdAt: at(1) }),
      ],
      {},
    ],
    [
      'a shadow verdict by the gates and the shadow section of today',
      [verdict({ kind: 'shadow', gates: SHADOW })],
      { requires: ['shadow'] },
    ],
  ])('%s', (_, evidence, policy) => {
    expect(reasons(evidence, policy)).toEqual([]);
  });
});

describe('evidence that is not', () => {
  it.each<[string, EvidenceRef[], Partial<Policy>, string, RegExp]>([
    ['none', [], {}, 'evidence-missing', /has no gate verdict for production\. Run known-good gate/],
    ['of another kind', [verdict({ kind: 'shadow' })], {}, 'evidence-missing', /no gate verdict/],
    [
      'for another environment',
      [verdict({ environment: 'staging' })],
      {},
      'evidence-missing',
      /It has one for staging only\./,
    ],
    [
      'of another artifact',
      [verdict({ artifact: digestOf('other') })],
      {},
      'evidence-missing',
      /no gate verdict/,
    ],
    [
      'fail',
      [verdict({ outcome: 'fail', reason: 'auc fell.' })],
      {},
      'evidence-fails',
      /gate verdict of 1\.0\.0 .* is fail: auc fell\.$/,
    ],
    ['error', [verdict({ outcome: 'error' })], {}, 'evidence-fails', /is error\.$/],
    [
      'hold',
      [verdict({ outcome: 'hold', reason: 'Too few rows.' })],
      {},
      'evidence-holds',
      /is hold: Too few rows\.$/,
    ],
    ['too old', [verdict()], { evidenceAgeMs: 9_999 }, 'evidence-expired', /none older than/],
    [
      'of a time that is no time',
      [verdict({ createdAt: 'once' })],
      { evidenceAgeMs: 1e12 },
      'evidence-expired',
      /is of once/,
    ],
    [
      'by other gates',
      [verdict({ gates: digestOf('x') })],
      {},
      'evidence-gates-changed',
      /other gates than the config has now/,
    ],
    ['without a config', [without('gates')], {}, 'evidence-gates-changed', /made without the config/],
    [
      'from a pull request',
      [verdict({ ref: 'refs/pull/7/merge' })],
      {},
      'evidence-origin',
      /pull request \(refs\/pull\/7\/merge\)/,
    ],
    [
      'from another branch',
      [verdict({ ref: 'refs/heads/topic' })],
      { evidenceFrom: 'default-branch' },
      'evidence-origin',
      /made on refs\/heads\/topic; .* refs\/heads\/main/,
    ],
    [
      'from a branch that is named like it',
      [verdict({ ref: 'refs/heads/main2' })],
      { evidenceFrom: 'default-branch' },
      'evidence-origin',
      /main2/,
    ],
    [
      'from a laptop',
      [without('ref', 'run')],
      { evidenceFrom: 'default-branch' },
      'evidence-origin',
      /outside of a workflow/,
    ],
    [
      'says main, names no run',
      [without('run')],
      { evidenceFrom: 'default-branch' },
      'evidence-origin',
      /outside of a workflow/,
    ],
    [
      'a run without a ref',
      [without('ref')],
      { evidenceFrom: 'default-branch' },
      'evidence-origin',
      /an unknown ref/,
    ],
    [
      'a pass that a newer fail follows',
      [verdict(), verdict({ outcome: 'fail', createdAt: at(1) })],
      {},
      'evidence-fails',
      /is fail/,
    ],
    [
      'an own fail before a general pass, even a newer one',
      [verdict({ outcome: 'fail', environment: 'production' }), verdict({ createdAt: at(5) })],
      {},
      'evidence-fails',
      /is fail/,
    ],
  ])('%s', (_, ...[evidence, policy, code, message]) => {
    const found = reasons(evidence, policy);
    expect(found.map((reason) => reason.code)).toEqual([code]);
    expect(found[0]?.message).toMatch(message);
  });

  it('all at once, for each kind that is asked for', () => {
    const bad = verdict({ outcome: 'fail', gates: digestOf('x'), ref: 'refs/pull/1/merge' });
    expect(codes([bad], { requires: ['gate', 'shadow'], evidenceAgeMs: 1 })).toEqual([
      'evidence-fails',
      'evidence-expired',
      'evidence-gates-changed',
      'evidence-origin',
      'evidence-missing',
    ]);
  });

  it('tells how to make a verdict, and how to register it', () => {
    expect(reasons([])[0]).toMatchObject({
      settle: 'gate --model bank --environment production',
      message: expect.stringContaining(
        'known-good register --model bank --version 1.0.0 --evidence known-good-report/verdict.json',
      ) as string,
    });
  });

  it('of two of the same moment the worse counts, in whatever order they were registered', () => {
    const [pass, fail] = [verdict(), verdict({ outcome: 'fail' })];
    expect(codes([pass, fail])).toEqual(['evidence-fails']);
    expect(codes([fail, pass])).toEqual(['evidence-fails']);
  });

  it('dated after now it never gets old: such a date is no date', () => {
    expect(codes([verdict({ createdAt: at(86_400_000) })], { evidenceAgeMs: 1_000 })).toEqual([
      'evidence-expired',
    ]);
  });
});

describe('a shadow beside another release than the one that serves', () => {
  const shadow = (champion: Digest | undefined): EvidenceRef =>
    verdict({ kind: 'shadow', gates: SHADOW, ...(champion === undefined ? {} : { champion }) });
  const serving = (release: Release): Tenure => ({ release }) as Tenure;
  const policy = { requires: ['shadow'] } as const;

  it.each<[string, EvidenceRef, Tenure | undefined]>([
    ['that one', shadow(B.digest), serving(B)],
    ['nothing serves yet', shadow(B.digest), undefined],
    ['the release itself serves, and goes there again', shadow(B.digest), serving(A)],
  ])('counts: %s', (_, evidence, current) => {
    expect(reasons([evidence], { requires: [...policy.requires] }, current)).toEqual([]);
  });

  it.each<[string, EvidenceRef, RegExp]>([
    ['another one', shadow(C.digest), /compares it with sha256:.*, and production has 2\.0\.0/],
    ['one that it does not name', shadow(undefined), /a release that it does not name/],
  ])('does not: %s', (_, evidence, message) => {
    const found = reasons([evidence], { requires: [...policy.requires] }, serving(B));
    expect(found.map(({ code }) => code)).toEqual(['evidence-other-champion']);
    expect(found[0]?.message).toMatch(message);
  });

  it('is by another shadow section', () => {
    expect(codes([verdict({ kind: 'shadow' })], { requires: ['shadow'] })).toEqual([
      'evidence-gates-changed',
    ]);
  });
});
