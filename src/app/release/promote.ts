import type { ConfigOrigin } from '../../core/config-origin.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { openedBy, type OpenOperation } from '../../ledger/state.ts';
import type { EvidenceRules } from '../../promotion/evidence-reasons.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { planPromotion } from '../../promotion/plan-promotion.ts';
import { recover } from '../../promotion/recover.ts';
import { carriedOut } from './carried-out.ts';
import { carryOut } from './carry-out.ts';
import { defaultRelease } from './default-release.ts';
import { releaseOf } from './find-release.ts';
import { base, finishPromotion, headOf } from './finish-promotion.ts';
import { loadFacts, loadView } from './load-lane.ts';
import { loadPromotion } from './load-promotion.ts';
import { recoverLane, type Recovered } from './recover-lane.ts';
import type { ReleasePorts } from './release-ports.ts';
import { settleRecovered } from './settle-lane.ts';

const MOST_PLANS = 20;

/** What was asked for, and the config that it is judged by. */
export interface PromotionOrder {
  lane: Lane;
  policy: Policy;
  rules: EvidenceRules;
  /** Where both come from; absent where nobody knows, which some environments do not take. */
  config?: ConfigOrigin | undefined;
  /** Absent: what is in the environment before, else what was registered last. */
  release?: Release | undefined;
  reason?: string | undefined;
  acceptHold?: boolean | undefined;
  /** `release` was not named: it is what is in the environment before. */
  unnamed?: boolean | undefined;
  /** The comment that asks, and when it was made by the forge's clock: carried out once, and not once the lane has moved since. */
  comment?: string | undefined;
  commentedAt?: string | undefined;
  /** The lane as it was read a moment ago, for the first look: whatever is written is a compare-and-swap on it. */
  view?: LaneView | undefined;
  dryRun?: boolean | undefined;
}

/** Moves the proved bytes on: recovers the lane, plans or refuses with all reasons, moves, deploys, looks once. */
export async function promote(ports: ReleasePorts, order: PromotionOrder): Promise<LaneResult> {
  const startedAt = ports.timer.now().getTime();
  let release = order.release;
  let view = order.view;
  for (let attempt = 0; attempt < MOST_PLANS; attempt++) {
    const recovered = await laneFacts(ports, order, view);
    view = undefined;
    const again = await asked(ports, order, { recovered, startedAt });
    if (again !== undefined) return again;
    const cutOff = openedBy(recovered.facts.view.state, order.comment);
    release = await releaseFor(ports, order, { release, cutOff });
    const facts = await loadPromotion(ports, order, { facts: recovered.facts, release });
    const plan = planPromotion(facts, order);
    if (plan.kind === 'refused') return refused(order, plan.reasons, await atRest(ports, order, recovered));
    if (plan.kind === 'nothing') return nothing(order, plan.message, { release, view: facts.view });
    if (order.dryRun === true) return planned(order, plan);
    const ending = await carryOut(ports, facts.view, plan);
    if (ending.kind !== 'changed') return finishPromotion(ports, { order, plan, ending, startedAt });
  }
  const message = `${formatLane(order.lane)} changed ${MOST_PLANS} times while the promotion was planned. Try again.`;
  return { ...base(order), outcome: 'waiting', message };
}

/** The lane, recovered but for a dry run; what this very comment began and did not move is left as it is. */
async function laneFacts(
  ports: ReleasePorts,
  { lane, policy, comment, dryRun }: PromotionOrder,
  view: LaneView | undefined,
): Promise<Recovered> {
  if (dryRun !== true) return recoverLane(ports, { lane, policy, view, comment });
  const facts = await loadFacts(ports, view ?? (await loadView(ports.ledger, lane)), policy);
  return { facts, recovery: recover(facts) };
}

/**
 * How the comment that asks ended already: the lane says that it was carried out, or its operation was cut off and has just been brought
 * to its end. `undefined` where it was never begun, or was cut off before anything moved: then the promotion goes on with it.
 */
async function asked(
  ports: ReleasePorts,
  order: PromotionOrder,
  { recovered, startedAt }: { recovered: Recovered; startedAt: number },
): Promise<LaneResult | undefined> {
  const { facts, recovery, resumed } = recovered;
  const { comment } = order;
  if (comment === undefined) return undefined;
  if (resumed?.plan.comment === comment) return finishPromotion(ports, { order, ...resumed, startedAt });
  if (recovery.kind === 'abort' && openedBy(facts.view.state, comment) !== undefined) return undefined;
  const before = await carriedOut(ports, facts.view, comment);
  return before === undefined ? undefined : { ...base(order), ...headOf(facts.view), ...before };
}

/** The release that is meant: that of the operation that is gone on with, by its record of today; once chosen it stays the same. */
async function releaseFor(
  { ledger }: ReleasePorts,
  { lane, policy }: PromotionOrder,
  { release, cutOff }: { release: Release | undefined; cutOff: OpenOperation | undefined },
): Promise<Release> {
  if (cutOff !== undefined) return (await releaseOf(ledger, lane.model, cutOff.to)) ?? cutOff.release;
  return release ?? defaultRelease(ledger, lane, policy);
}

/** The lane after a refusal: nothing of a dead owner is left open, and no late write is on its way. */
async function atRest(ports: ReleasePorts, order: PromotionOrder, recovered: Recovered): Promise<LaneView> {
  const { view } = recovered.facts;
  if (order.dryRun === true) return view;
  if (recovered.recovery.kind !== 'abort') {
    await settleRecovered(ports, recovered);
    return view;
  }
  const closed = await recoverLane(ports, { lane: order.lane, policy: order.policy });
  return (await settleRecovered(ports, closed)).facts.view;
}

function refused(
  order: PromotionOrder,
  reasons: NonNullable<LaneResult['reasons']>,
  view: LaneView,
): LaneResult {
  const busy = reasons.some(({ code }) => code === 'busy');
  const message = reasons.map((reason) => reason.message).join(' ');
  return { ...base(order), ...headOf(view), outcome: busy ? 'waiting' : 'refused', message, reasons };
}

function nothing(
  order: PromotionOrder,
  message: string,
  { release, view }: { release: Release; view: LaneView },
): LaneResult {
  return { ...base(order), ...headOf(view), outcome: 'nothing', message, release };
}

function planned(order: PromotionOrder, plan: OperationPlan): LaneResult {
  const message = `Would promote ${nameRelease(plan.release)} to ${formatLane(order.lane)}.`;
  return { ...base(order), outcome: 'planned', message, from: plan.from, release: plan.release, plan };
}
