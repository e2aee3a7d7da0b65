import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { ForgeComment } from '../../../src/core/forge.ts';
import type { Policy } from '../../../src/core/policy.ts';
import type { EvidenceRef } from '../../../src/core/release.ts';
import type { Approval } from '../../../src/ledger/approval.ts';
import {
  approvalBasis,
  approvalsReason,
  countedApprovals,
  type ReadApproval,
} from '../../../src/promotion/approvals.ts';
import { A, at, B, C, LaneStory, samplePolicy } from '../../support/lane-story.ts';

const TEXT = '/approve bank/production 2.0.0';
const GATES = digestOf('gates');
const SHADOW = digestOf('shadow');
const rules = { gates: GATES, shadow: SHADOW, defaultRef: 'refs/heads/main', actor: 'Ana' };
const evidenceOf = (name: string, kind: 'gate' | 'shadow' = 'gate'): EvidenceRef => ({
  kind,
  digest: digestOf(name),
  outcome: 'pass',
  artifact: digestOf('artifact'),
  createdAt: at(name.length),
});
const RELEASE = { ...B, evidence: [evidenceOf('v'), evidenceOf('s', 'shadow')] };
const STORY = new LaneStory().proved(A);

function comment(by: string, changes: Partial<ForgeComment> = {}): ForgeComment {
  const shared = { id: '9', body: TEXT, createdAt: at(0), updatedAt: at(0), url: 'https://github.com/x' };
  return { ...shared, author: { login: by, kind: 'user' }, ...changes };
}

/** An approval of B by somebody, as good as it can be; its comment as it is now. */
function given(
  by: string,
  changes: Partial<Approval> = {},
  now: ForgeComment | ReadApproval['comment'] = comment(by),
): ReadApproval {
  const basis = approvalBasis(STORY.state, RELEASE, rules);
  const body = digestOf(TEXT);
  const approval = {
    digest: B.digest,
    version: '2.0.0',
    by,
    at: at(0),
    comment: '9',
    body,
    basis,
    ...changes,
  };
  if ('kind' in now) return { approval, comment: now };
  return { approval, comment: { kind: 'there', comment: now, digest: digestOf(now.body) } };
}

const factsOf = (approvals: readonly ReadApproval[], policy: Partial<Policy> = {}) => ({
  view: STORY.view,
  release: RELEASE,
  policy: samplePolicy({ approvals: 2, ...policy }),
  rules,
  approvals,
});
const count = (...args: Parameters<typeof factsOf>) => countedApprovals(factsOf(...args)).map(({ by }) => by);
const basisWith = (changes: object) => ({ basis: { ...given('bo').approval.basis, ...changes } });

describe('approvals that count', () => {
  it('are those whose comment reads as it did, on what is still so', () => {
    expect(count([given('bo'), given('cy')])).toEqual(['bo', 'cy']);
    expect(approvalsReason(factsOf([given('bo'), given('cy')]))).toBeUndefined();
  });

  it('are not that of the one who promotes, whatever the case of the login', () => {
    expect(count([given('ana'), given('bo')])).toEqual(['bo']);
    expect(count([given('ana'), given('bo')], { ownApproval: false })).toEqual(['bo']);
    expect(count([given('ana'), given('bo')], { ownApproval: true })).toEqual(['ana', 'bo']);
  });

  it('are not those of bots that the config does not name', () => {
    const bot = given('ci[bot]', {}, comment('ci[bot]', { author: { login: 'ci[bot]', kind: 'bot' } }));
    expect(count([bot])).toEqual([]);
    expect(count([bot], { allow: { approve: ['write'] } })).toEqual([]);
    expect(count([bot], { allow: { approve: ['@CI[bot]'] } })).toEqual(['ci[bot]']);
  });

  it.each<[string, ReadApproval, RegExp]>([
    [
      'another release serves',
      given('bo', basisWith({ from: C.digest })),
      /sha256:\w{12} was there when it was given, and 1\.0\.0 .* is there now/,
    ],
    [
      'nothing served then',
      given('bo', basisWith({ from: 'absent' })),
      /nothing was there when it was given/,
    ],
    [
      'a verdict is gone',
      given('bo', basisWith({ evidence: [digestOf('v'), digestOf('x')].toSorted() })),
      /evidence/,
    ],
    ['a verdict has come', given('bo', basisWith({ evidence: [digestOf('v')] })), /evidence/],
    ['other gates', given('bo', basisWith({ gates: digestOf('old') })), /the gates of the config/],
    ['no gates then', given('bo', basisWith({ gates: undefined })), /the gates of the config/],
    ['another shadow section', given('bo', basisWith({ shadow: digestOf('old') })), /the shadow section/],
    ['the comment is gone', given('bo', {}, { kind: 'gone' }), /its comment is gone/],
    [
      'no answer',
      given('bo', {}, { kind: 'unreadable', why: 'GitHub answered 502.' }),
      /could not be read again: GitHub answered 502\./,
    ],
    [
      'nobody who can read',
      given('bo', {}, { kind: 'no-reader' }),
      /cannot be read again from here: promote by the bot or the action/,
    ],
    ['no comment at all', given('bo', { comment: undefined }), /was not given by a comment/],
    ['its text was not kept', given('bo', { body: undefined }), /was not given by a comment/],
    ['not allowed any more', given('bo', {}, { kind: 'not-allowed' }), /bo may not approve here any more/],
    ['another author', given('bo', {}, comment('eve')), /its comment is by eve/],
    ['edited', given('bo', {}, comment('bo', { updatedAt: at(5) })), /its comment was edited at 2026/],
    ['edited within a second', given('bo', {}, comment('bo', { body: `${TEXT} ` })), /reads otherwise/],
  ])('are none: %s', (_, read, why) => {
    const reason = approvalsReason(factsOf([read, given('cy')]));
    expect(count([read, given('cy')])).toEqual(['cy']);
    expect(reason?.message).toMatch(
      /^1 of 2 approvals of 2\.0\.0 \(sha256:\w{12}\) for bank\/production is missing\./,
    );
    expect(reason?.message).toMatch(new RegExp(`The one by bo does not count: .*${why.source}`));
  });
});

describe('whoever starts the run again', () => {
  it('promotes as well, so their own approval is none', () => {
    const all = { ...factsOf([given('bo'), given('cy')]), rules: { ...rules, reRunner: 'BO' } };
    expect(countedApprovals(all).map(({ by }) => by)).toEqual(['cy']);
    expect(approvalsReason(all)?.message).toContain('not by Ana or BO, who promotes');
  });
});

describe('what is missing', () => {
  it.each<[Policy['allow'], Partial<Policy>, string]>([
    [undefined, {}, 'by whoever has the role write or more; not by Ana, who promotes.'],
    [
      { approve: ['maintain', '@bo'] },
      {},
      'by whoever has the role maintain or more or @bo; not by Ana, who promotes.',
    ],
    [{ promote: ['admin'] }, { ownApproval: true }, 'by whoever has the role write or more.'],
    [{ approve: [] }, { ownApproval: true }, 'by nobody (environment key allow.approve).'],
  ])('says who can give it: %j', (allow, changes, expected) => {
    const reason = approvalsReason(factsOf([], { ...(allow === undefined ? {} : { allow }), ...changes }));
    expect(reason).toMatchObject({ code: 'approvals', settle: 'approve bank/production 2.0.0' });
    expect(reason?.message).toMatch(/^2 of 2 approvals .* are missing\. /);
    expect(reason?.message).toContain('/approve bank/production 2.0.0');
    expect(reason?.message.endsWith(expected)).toBe(true);
  });

  it('is nothing where none is asked for', () => {
    expect(approvalsReason(factsOf([], { approvals: 0 }))).toBeUndefined();
  });
});

describe('what an approval rests on', () => {
  it('is what serves, and of the evidence what counts in that lane', () => {
    const older = { ...evidenceOf('older', 'gate'), createdAt: at(-1) };
    const elsewhere = { ...evidenceOf('elsewhere'), environment: 'staging' };
    const release = { ...RELEASE, evidence: [older, elsewhere, ...RELEASE.evidence] };
    expect(approvalBasis(STORY.state, release, rules)).toEqual({
      from: A.digest,
      evidence: [digestOf('s'), digestOf('v')].toSorted(),
      gates: GATES,
      shadow: SHADOW,
    });
  });

  it('is nothing in a new lane without config', () => {
    expect(approvalBasis(new LaneStory().state, B, { gates: undefined })).toEqual({
      from: 'absent',
      evidence: [],
    });
  });
});
