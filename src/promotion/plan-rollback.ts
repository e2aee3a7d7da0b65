import type { ConfigOrigin } from '../core/config-origin.ts';
import { formatLane } from '../core/lane.ts';
import type { Policy } from '../core/policy.ts';
import { nameRelease, type Release } from '../core/release.ts';
import { currentTenure, type OpenOperation, type Tenure } from '../ledger/state.ts';
import { chooseKnownGood, chooseNamed, type Choice, type Looked } from './choose-target.ts';
import { tagValue, type LaneFacts, type TagFact } from './facts.ts';
import { leavingOf, sameLeaving, type Leaving } from './leaving.ts';
import { rollbackElsewhere } from './governed.ts';
import type { Join, NothingToDo, OperationPlan, Refusal } from './plan.ts';
import { leaseOver, ownerGone } from './recover.ts';

/** All that a rollback is decided on. */
export interface RollbackFacts extends LaneFacts {
  /** The policy of the last intent; the config's where the lane has none yet. */
  policy: Policy | undefined;
  /** Where the config's is from. */
  config?: ConfigOrigin | undefined;
  looked: Looked;
}

/** What the person asked for. */
export interface RollbackRequest {
  /** The release that was named; absent = the last known good. */
  release?: Release | undefined;
  unproved?: boolean | undefined;
  reason?: string | undefined;
  comment?: string | undefined;
  /** When the comment was made, by the forge's clock. */
  commentedAt?: string | undefined;
  /** What it leaves: decided when the command first looked, and never changed. */
  toLeave: Leaving | undefined;
}

/** Plans a rollback, joins one that is under way, or says why there is nothing to go back to. */
export function planRollback(
  facts: RollbackFacts,
  request: RollbackRequest,
): OperationPlan | NothingToDo | Join | Refusal {
  const { governor, view } = facts;
  if (governor !== undefined && view.state.open === undefined) {
    const reason = rollbackElsewhere(view.lane, { by: governor, closed: view.state.closed });
    return { kind: 'refused', reasons: [reason] };
  }
  const done = overtaken(facts, request);
  if (done !== undefined) return done;
  const { tag, policy } = facts;
  if (tag.kind === 'unreadable') {
    const message = `The tag cannot be read, and nothing is guessed: ${tag.why}`;
    return { kind: 'refused', reasons: [{ code: 'tag-unreadable', message }] };
  }
  const live = joinable(facts, request);
  if (live !== undefined) return live;
  const { release, unproved = false, reason } = request;
  const leaving = leavingOf(facts);
  const choice =
    release === undefined
      ? chooseKnownGood(facts, leaving)
      : chooseNamed(facts, leaving, { release, unproved, reason });
  const { target, passedOver, reasons } = choice;
  if (target === undefined || policy === undefined) return { kind: 'refused', reasons, passedOver };
  return operation({ ...facts, tag, policy }, request, { ...choice, target });
}

/**
 * A rollback speaks of what was there when it was asked for. Where that was rolled back from already, there is nothing to do; where
 * something else has come, it is for a person to say whether that is wrong as well.
 */
function overtaken(facts: RollbackFacts, request: RollbackRequest): NothingToDo | Refusal | undefined {
  const { state, lane } = facts.view;
  const { open } = state;
  const tenure = currentTenure(state);
  if (tenure === undefined || facts.tag.kind === 'unreadable' || !isGone(facts, request)) return undefined;
  const name = formatLane(lane);
  if (open === undefined && tenure.action === 'rollback' && isAt(facts, tenure)) {
    const what = `already rolled back to ${nameRelease(tenure.release)} by ${tenure.actor} at ${tenure.movedAt}`;
    const message = `${name}: ${what}. Nothing was done; ask again if it is wrong as well.`;
    return { kind: 'nothing', tenure, message };
  }
  const what =
    isAt(facts, tenure) || open !== undefined ? arrival(open, tenure) : 'the tag was moved by hand';
  const message = `${name}: ${what}, after this was asked for. Nothing was done; ask again if it is to be left as well.`;
  return { kind: 'refused', reasons: [{ code: 'overtaken', message, settle: `rollback ${name}` }] };
}

/** Whether what the rollback was to leave is no longer what one would leave now, or the comment is older than the last move. */
function isGone(facts: RollbackFacts, { toLeave, commentedAt }: RollbackRequest): boolean {
  const { open } = facts.view.state;
  const now = leavingOf(facts);
  if (open?.action === 'rollback') return now?.digest !== toLeave?.digest;
  const movedAt = Date.parse(currentTenure(facts.view.state)?.movedAt ?? '');
  // A move that is still to come by the forge's clock was dated by one that is wrong: it says nothing about the comment.
  const isDated = movedAt <= Date.parse(facts.now);
  const older =
    open === undefined && commentedAt !== undefined && isDated && Date.parse(commentedAt) < movedAt;
  return older || !sameLeaving(now, toLeave);
}

function isAt({ tag }: RollbackFacts, { release }: Tenure): boolean {
  return tag.kind === 'at' && tag.digest === release.digest;
}

function arrival(open: OpenOperation | undefined, tenure: Tenure): string {
  if (open === undefined) {
    return `${nameRelease(tenure.release)} arrived by ${tenure.actor}'s ${tenure.action} at ${tenure.movedAt}`;
  }
  return `${open.actor}'s ${open.action} to ${nameRelease(open.release)} began at ${open.at}`;
}

function joinable(
  { view: { state }, owner, now }: RollbackFacts,
  { release }: RollbackRequest,
): Join | undefined {
  const { open } = state;
  // Fencing makes a take-over safe, so a run that GitHub still calls alive is not waited for beyond its lease.
  if (open?.action !== 'rollback' || ownerGone(open, owner, now) || leaseOver(open, now)) return undefined;
  return release === undefined || release.digest === open.to ? { kind: 'join', open } : undefined;
}

function operation(
  facts: RollbackFacts & { tag: Exclude<TagFact, { kind: 'unreadable' }>; policy: Policy },
  { reason, comment, commentedAt, unproved }: RollbackRequest,
  { target, passedOver }: Choice & { target: Release },
): OperationPlan {
  const { open } = facts.view.state;
  const leaving = leavingOf(facts);
  const goesOn = open?.action === 'rollback' && open.to === target.digest ? open : undefined;
  const forced = unproved === true && passedOver.some(({ release }) => release === target);
  const why = reason ?? goesOn?.reason;
  return {
    kind: 'operate',
    action: 'rollback',
    from: tagValue(facts.tag),
    release: target,
    policy: facts.policy,
    ...(facts.config === undefined ? {} : { config: facts.config }),
    passedOver,
    ...(open === undefined ? {} : { takesOver: open }),
    ...(leaving === undefined || leaving.digest === target.digest ? {} : { leaves: recorded(leaving) }),
    ...(why === undefined ? {} : { reason: why }),
    ...(commentedAt === undefined ? {} : { askedAt: commentedAt }),
    ...(comment === undefined ? {} : { comment }),
    ...(forced || goesOn?.unproved === true ? { unproved: true } : {}),
  };
}

function recorded({ digest, version }: Leaving): Leaving {
  return version === undefined ? { digest } : { digest, version };
}
