import type { Digest } from '../core/digest.ts';
import type { ForgeComment } from '../core/forge.ts';
import { formatLane } from '../core/lane.ts';
import type { Policy } from '../core/policy.ts';
import { nameRelease, shortDigest, type Release } from '../core/release.ts';
import { sameLogin } from '../core/same-login.ts';
import type { Approval, ApprovalBasis } from '../ledger/approval.ts';
import type { LaneView } from '../ledger/commit.ts';
import { laneRelease } from '../ledger/lane-release.ts';
import { currentTenure, versionIn, type LaneState } from '../ledger/state.ts';
import { promotersOf, type EvidenceRules } from './evidence-reasons.ts';
import type { Reason } from './reason.ts';

/** An approval, and its comment as it is now. `digest` is of the comment's text. */
export interface ReadApproval {
  approval: Approval;
  comment:
    | { kind: 'there'; comment: ForgeComment; digest: Digest }
    | { kind: 'gone' }
    /** Its author may not approve here any more. */
    | { kind: 'not-allowed' }
    | { kind: 'unreadable'; why: string }
    /** Nobody here can read comments again. */
    | { kind: 'no-reader' };
}

interface Facts {
  view: LaneView;
  release: Release;
  policy: Policy;
  rules: EvidenceRules;
  /** Those for exactly this release. */
  approvals: readonly ReadApproval[];
}

/** All that an approval can be held against but the one who promotes. */
interface Basis {
  view: LaneView;
  release: Release;
  policy: Policy;
  rules: Pick<EvidenceRules, 'gates' | 'shadow'>;
}

/** What an approval of a release rests on in a lane as it is now. */
export function approvalBasis(
  state: LaneState,
  release: Release,
  { gates, shadow }: Pick<EvidenceRules, 'gates' | 'shadow'>,
): ApprovalBasis {
  const { evidence } = laneRelease(release, state.environment);
  return {
    from: currentTenure(state)?.release.digest ?? 'absent',
    evidence: evidence.map(({ digest }) => digest).toSorted(),
    ...(gates === undefined ? {} : { gates: gates as Digest }),
    ...(shadow === undefined ? {} : { shadow: shadow as Digest }),
  };
}

/** The approvals that count for a promotion. */
export function countedApprovals(facts: Facts): Approval[] {
  return facts.approvals.flatMap((read) => (flawOf(facts, read) === undefined ? [read.approval] : []));
}

/** Why a promotion has too few approvals, who can give more, and why some do not count; `undefined` where there are enough. */
export function approvalsReason(facts: Facts): Reason | undefined {
  const { policy, release, view } = facts;
  const missing = policy.approvals - countedApprovals(facts).length;
  if (missing <= 0) return undefined;
  const lane = formatLane(view.lane);
  const what = `${missing} of ${policy.approvals} approval${policy.approvals === 1 ? '' : 's'}`;
  const flaws = facts.approvals.flatMap((read) => {
    const flaw = flawOf(facts, read);
    return flaw === undefined ? [] : [`The one by ${read.approval.by} does not count: ${flaw}.`];
  });
  const who = `An approval is a comment on GitHub, /approve ${lane} ${release.version}, by ${givers(facts)}.`;
  const head = `${what} of ${nameRelease(release)} for ${lane} ${missing === 1 ? 'is' : 'are'} missing.`;
  return {
    code: 'approvals',
    message: [head, ...flaws, who].join(' '),
    settle: `approve ${lane} ${release.version}`,
  };
}

/** Who may approve, but for the one who promotes. */
function givers({ policy, rules }: Facts): string {
  const allowed = policy.allow?.['approve'] ?? ['write'];
  const names = allowed.map((each) => (each.startsWith('@') ? each : `whoever has the role ${each} or more`));
  const list = names.length === 0 ? 'nobody (environment key allow.approve)' : names.join(' or ');
  return policy.ownApproval === true
    ? list
    : `${list}; not by ${promotersOf(rules).join(' or ')}, who promotes`;
}

/** Why an approval does not count here, as a clause; `undefined` where it does. */
function flawOf(facts: Facts, read: ReadApproval): string | undefined {
  const isPromoter = promotersOf(facts.rules).some((login) => sameLogin(login, read.approval.by));
  if (facts.policy.ownApproval !== true && isPromoter)
    return 'who promotes does not approve (environment key approvals.own)';
  return voidReason(facts, read);
}

/** Why an approval is void, whoever promotes, as a clause; `undefined` where it holds. */
export function voidReason(facts: Basis, { approval, comment }: ReadApproval): string | undefined {
  return changeSince(facts, approval) ?? commentFlaw(approval, comment, facts.policy);
}

/** What is different from what the person approved. */
function changeSince({ view: { state }, release, rules }: Basis, { basis }: Approval): string | undefined {
  const now = approvalBasis(state, release, rules);
  if (basis.from !== now.from)
    return `${nameIn(state, basis.from)} was there when it was given, and ${nameIn(state, now.from)} is there now`;
  if (basis.evidence.join() !== now.evidence.join())
    return 'the evidence of the release is another one since';
  if (basis.gates !== now.gates) return 'the gates of the config were changed since';
  if (basis.shadow !== now.shadow) return 'the shadow section of the config was changed since';
  return undefined;
}

function nameIn(state: LaneState, digest: Digest | 'absent'): string {
  if (digest === 'absent') return 'nothing';
  const version = versionIn(state, digest);
  return version === undefined ? shortDigest(digest) : nameRelease({ version, digest });
}

/** What is wrong with its comment as it is now. */
function commentFlaw(approval: Approval, read: ReadApproval['comment'], policy: Policy): string | undefined {
  if (approval.comment === undefined || approval.body === undefined)
    return 'it was not given by a comment, so nobody can read it again';
  switch (read.kind) {
    case 'no-reader':
      return 'its comment cannot be read again from here: promote by the bot or the action';
    case 'unreadable':
      return `its comment could not be read again: ${read.why.replace(/\.$/, '')}`;
    case 'gone':
      return 'its comment is gone';
    case 'not-allowed':
      return `${approval.by} may not approve here any more`;
    case 'there':
      break;
    default:
      return read satisfies never;
  }
  const { author, createdAt, updatedAt } = read.comment;
  if (!sameLogin(author.login, approval.by)) return `its comment is by ${author.login}`;
  if (createdAt !== updatedAt) return `its comment was edited at ${updatedAt}`;
  if (read.digest !== approval.body) return 'its comment reads otherwise than when it was given';
  const isNamed = policy.allow?.['approve']?.some((each) => sameLogin(each, `@${author.login}`)) === true;
  return author.kind === 'bot' && !isNamed
    ? 'a bot that the config does not name does not approve'
    : undefined;
}
