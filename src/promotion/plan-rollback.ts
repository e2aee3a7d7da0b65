import { formatLane } from '../core/lane.ts';
import type { Policy } from '../core/policy.ts';
import { nameRelease, type Release } from '../core/release.ts';
import { currentTenure } from '../ledger/state.ts';
import { chooseKnownGood, chooseNamed, type Choice, type Looked } from './choose-target.ts';
import { tagValue, type LaneFacts, type TagFact } from './facts.ts';
import { leavingOf, sameLeaving, type Leaving } from './leaving.ts';
import type { Join, NothingToDo, OperationPlan, Refusal } from './plan.ts';
import { ownerGone } from './recover.ts';

/** All that a rollback is decided on. */
export interface RollbackFacts extends LaneFacts {
  /** The policy of the last intent; the config's where the lane has none yet. */
  policy: Policy | undefined;
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

/** A rollback speaks of what was there when it was asked for; where that has gone already, nothing is done. */
function overtaken(facts: RollbackFacts, { toLeave, commentedAt }: RollbackRequest): NothingToDo | undefined {
  const { state, lane } = facts.view;
  const tenure = currentTenure(state);
  if (tenure === undefined || facts.tag.kind === 'unreadable') return undefined;
  const now = leavingOf(facts);
  const joins = state.open?.action === 'rollback' && now?.digest === toLeave?.digest;
  const gone = !joins && !sameLeaving(now, toLeave);
  const older =
    state.open === undefined &&
    commentedAt !== undefined &&
    Date.parse(commentedAt) < Date.parse(tenure.movedAt);
  if (!gone && !older) return undefined;
  const name = nameRelease(tenure.release);
  const what =
    tenure.action === 'rollback'
      ? `already rolled back to ${name} by ${tenure.actor} at ${tenure.movedAt}`
      : `${name} arrived by ${tenure.actor}'s ${tenure.action} at ${tenure.movedAt}, after this was asked for`;
  return {
    kind: 'nothing',
    tenure,
    message: `${formatLane(lane)}: ${what}. Nothing was done; ask again if it is wrong as well.`,
  };
}

function joinable(
  { view: { state }, owner, now }: RollbackFacts,
  { release }: RollbackRequest,
): Join | undefined {
  const { open } = state;
  if (open?.action !== 'rollback' || ownerGone(open, owner, now)) return undefined;
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
