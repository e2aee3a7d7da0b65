import type { ConfigOrigin } from '../core/config-origin.ts';
import { formatLane } from '../core/lane.ts';
import type { Policy } from '../core/policy.ts';
import type { MissingPart } from '../core/registry.ts';
import { nameRelease, shortDigest, type Release } from '../core/release.ts';
import { quarantined } from '../ledger/quarantine.ts';
import type { Approval, Approver } from '../ledger/approval.ts';
import { currentTenure, openedBy, type LaneState, type Tenure } from '../ledger/state.ts';
import { approvalsReason, countedApprovals, type ReadApproval } from './approvals.ts';
import { isAfter } from './is-after.ts';
import { configReason } from './config-reason.ts';
import type { OpenedEvidences } from './counted-evidence.ts';
import { evidenceReasons, type EvidenceRules } from './evidence-reasons.ts';
import type { LaneFacts, TagFact } from './facts.ts';
import { tagValue } from './facts.ts';
import type { NothingToDo, OperationPlan, Refusal } from './plan.ts';
import type { Reason } from './reason.ts';
import { recover } from './recover.ts';
import { stopReasons } from './stop-reasons.ts';

/** All that a promotion is decided on. */
export interface PromotionFacts extends LaneFacts {
  release: Release;
  policy: Policy;
  /** Where the policy's tag points; another tag than the ledger's where the config has a new one. */
  target: TagFact;
  /** The lane that the policy's `after` names. */
  before: LaneState | undefined;
  /** What of the image is gone from the registry, or why the registry did not say. */
  missing: readonly MissingPart[] | { unreadable: string };
  /** The documents of the release's evidence. */
  opened: OpenedEvidences;
  /** Where policy and rules come from; `undefined` where nobody knows. */
  config: ConfigOrigin | undefined;
  rules: EvidenceRules;
  /** The approvals of this release in the lane, their comments read again; none where the policy asks for none. */
  approvals: readonly ReadApproval[];
}

/** What the person asked for beside lane and release. */
export interface PromotionRequest {
  reason?: string | undefined;
  acceptHold?: boolean | undefined;
  comment?: string | undefined;
  /** When the comment was made, by the forge's clock. */
  commentedAt?: string | undefined;
  /** The release is not named, but what is in the environment before: which must not have come there after the comment. */
  unnamed?: boolean | undefined;
}

/**
 * Plans a promotion, or refuses it with every reason there is. A lane that needs recovery first is recovered by the
 * caller before; here it only refuses.
 */
export function planPromotion(
  facts: PromotionFacts,
  request: PromotionRequest,
): OperationPlan | NothingToDo | Refusal {
  const { view, target, release, policy } = facts;
  const { state } = view;
  const current = currentTenure(state);
  const recovery = recover(facts);
  const isThere =
    current?.release.digest === release.digest &&
    current.trouble?.phase !== 'deploy' &&
    target.kind === 'at' &&
    target.digest === release.digest;
  if (recovery.kind === 'clean' && isThere) {
    return {
      kind: 'nothing',
      tenure: current,
      message: `${nameRelease(release)} is in ${formatLane(view.lane)} already.`,
    };
  }
  const reasons = [
    ...stopReasons(view.lane, recovery),
    ...unreadable(facts),
    ...overtaken(facts, request),
    ...laneReasons(facts),
    ...evidenceReasons(facts, request),
  ];
  if (reasons.length > 0 || target.kind === 'unreadable') return { kind: 'refused', reasons };
  const acceptedHold = request.acceptHold === true && evidenceReasons(facts, {}).length > 0;
  const cutOff = openedBy(view.state, request.comment);
  return {
    kind: 'operate',
    action: 'promote',
    from: tagValue(target),
    release,
    policy,
    ...(facts.config === undefined ? {} : { config: facts.config }),
    ...(request.reason === undefined ? {} : { reason: request.reason }),
    ...(acceptedHold ? { acceptedHold } : {}),
    ...(cutOff === undefined ? {} : { takesOver: cutOff }),
    ...(policy.approvals === 0 ? {} : { approvedBy: countedApprovals(facts).map(approver) }),
    ...(request.comment === undefined ? {} : { comment: request.comment }),
    ...(request.commentedAt === undefined ? {} : { askedAt: request.commentedAt }),
  };
}

function approver({ by, comment }: Approval): Approver {
  return { by, ...(comment === undefined ? {} : { comment }) };
}

/** A promotion speaks of what was there when it was asked for: one that waited through another move does not undo that. */
function overtaken(facts: PromotionFacts, { commentedAt, unnamed = false }: PromotionRequest): Reason[] {
  if (commentedAt === undefined) return [];
  const { release, view } = facts;
  const name = formatLane(view.lane);
  const arrived = [
    moveOf(currentTenure(view.state), (movedAt) => Date.parse(commentedAt) < Date.parse(movedAt)),
    unnamed
      ? moveOf(currentTenure(facts.before ?? { tenures: [] }), (at) => isAfter(at, commentedAt))
      : undefined,
    isAfter(release.registeredAt, commentedAt)
      ? `${nameRelease(release)} was registered at ${release.registeredAt}`
      : undefined,
  ].filter((what) => what !== undefined);
  return arrived.map((what) => ({
    code: 'overtaken',
    message: `${name}: ${what}, after this was asked for at ${commentedAt}. Ask again if ${nameRelease(release)} is to go there all the same.`,
    settle: `promote ${name} ${release.version}`,
  }));
}

function moveOf(tenure: Tenure | undefined, isLater: (movedAt: string) => boolean): string | undefined {
  if (tenure === undefined || !isLater(tenure.movedAt)) return undefined;
  return `${nameRelease(tenure.release)} arrived by ${tenure.actor}'s ${tenure.action} at ${tenure.movedAt}`;
}

/** A new tag that cannot be read; the ledger's own is a matter of recovery. */
function unreadable({ tag, target }: PromotionFacts): Reason[] {
  if (target.kind !== 'unreadable' || tag.kind === 'unreadable') return [];
  return [
    { code: 'tag-unreadable', message: `The tag cannot be read, and nothing is guessed: ${target.why}` },
  ];
}

function laneReasons(facts: PromotionFacts): Reason[] {
  return [
    renamed(facts),
    otherImage(facts),
    locked(facts),
    inQuarantine(facts),
    order(facts),
    approvalsReason(facts),
  ]
    .concat(pullable(facts), artifact(facts), configReason(facts))
    .filter((reason) => reason !== undefined);
}

function renamed({ view: { state, lane }, policy, target }: PromotionFacts): Reason | undefined {
  const before = state.policy;
  if (target.kind === 'absent') return undefined;
  if (before === undefined || (before.tag === policy.tag && before.image === policy.image)) return undefined;
  const message = `The config now says ${policy.image}:${policy.tag} for ${formatLane(lane)}, the ledger moved ${before.image}:${before.tag} last. Adopt what the new tag points at, or change the config back.`;
  return { code: 'tag-renamed', message, settle: `adopt ${formatLane(lane)} --reason "new tag"` };
}

function otherImage({ release, policy }: PromotionFacts): Reason | undefined {
  if (release.image === policy.image) return undefined;
  const message = `${nameRelease(release)} is in ${release.image}; this lane's image is ${policy.image}. A tag moves within one repository.`;
  return { code: 'image-differs', message };
}

function locked({ view: { state, lane } }: PromotionFacts): Reason | undefined {
  const { lock } = state;
  if (lock === undefined) return undefined;
  const message = `${formatLane(lane)} is locked by ${lock.actor} since ${lock.at}: ${lock.reason}`;
  return { code: 'locked', message, settle: `unlock ${formatLane(lane)}` };
}

function inQuarantine({ view, release }: PromotionFacts): Reason | undefined {
  const left = quarantined(view.quarantine, release.digest);
  if (left === undefined) return undefined;
  const why = left.reason === undefined ? '' : ` (${left.reason})`;
  const message = `${nameRelease(release)} is quarantined: ${left.actor} rolled ${left.environment} back from it at ${left.at}${why}.`;
  return { code: 'quarantined', message, settle: `release ${release.model}@${release.version} --reason "…"` };
}

function order({ view: { lane }, release, policy, before }: PromotionFacts): Reason | undefined {
  const { after } = policy;
  if (after === undefined) return undefined;
  const first = { model: lane.model, environment: after };
  const stays = before?.tenures.filter((tenure) => tenure.release.digest === release.digest) ?? [];
  const last = stays.at(-1);
  if (stays.some((stay) => stay.healthyAt !== undefined) && last?.trouble?.kind !== 'failed')
    return undefined;
  if (last === undefined) {
    const message = `${nameRelease(release)} was never in ${formatLane(first)}, which comes before.`;
    return { code: 'order', message, settle: `promote ${formatLane(first)} ${release.version}` };
  }
  const how =
    last.trouble === undefined ? 'is not proved healthy yet' : `had trouble (${last.trouble.message})`;
  const message = `${nameRelease(release)} ${how} in ${formatLane(first)}, which comes before.`;
  return { code: 'order', message, settle: `verify ${formatLane(first)}` };
}

function pullable({ release, missing, policy, tag, target }: PromotionFacts): Reason | undefined {
  if ('unreadable' in missing) {
    // A registry that does not tell of its tags is one reason, not two.
    if (tag.kind === 'unreadable' || target.kind === 'unreadable') return undefined;
    const message = `Whether ${nameRelease(release)} can be pulled from ${policy.image} is not known: ${missing.unreadable}`;
    return { code: 'registry-silent', message };
  }
  const [part] = missing;
  if (part === undefined) return undefined;
  const more = missing.length > 1 ? ` and ${missing.length - 1} more` : '';
  const message = `${nameRelease(release)} cannot be pulled from ${policy.image}: ${part.what} ${shortDigest(part.digest)}${more} is not there. Push it again, or build a new release.`;
  return { code: 'not-pullable', message };
}

function artifact({ release, policy }: PromotionFacts): Reason | undefined {
  if (!policy.carriesArtifact || release.carries !== 'unproved') return undefined;
  const message = `Nothing proves that the image of ${nameRelease(release)} carries the gated artifact. Package it with known-good package, or label the image with the artifact's digest.`;
  return { code: 'artifact-unproved', message };
}
