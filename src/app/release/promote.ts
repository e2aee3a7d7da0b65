import type { ConfigOrigin } from '../../core/config-origin.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { currentTenure, versionIn } from '../../ledger/state.ts';
import type { EvidenceRules } from '../../promotion/evidence-reasons.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { planPromotion } from '../../promotion/plan-promotion.ts';
import { recover } from '../../promotion/recover.ts';
import { carryOut, type Ending } from './carry-out.ts';
import { defaultRelease } from './default-release.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { loadPromotion } from './load-promotion.ts';
import { settle, settleRecovered } from './recover-lane.ts';
import type { ReleasePorts } from './release-ports.ts';
import { verifyLane } from './verify.ts';

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
  comment?: string | undefined;
  dryRun?: boolean | undefined;
}

/** Moves the proved bytes on: recovers the lane, plans or refuses with all reasons, moves, deploys, looks once. */
export async function promote(ports: ReleasePorts, order: PromotionOrder): Promise<LaneResult> {
  const startedAt = ports.timer.now().getTime();
  const release = order.release ?? (await defaultRelease(ports.ledger, order.lane, order.policy));
  for (let attempt = 0; attempt < MOST_PLANS; attempt++) {
    const facts = await loadPromotion(ports, { ...order, release });
    const plan = planPromotion(facts, order);
    if (plan.kind === 'refused') {
      if (order.dryRun !== true) await settleRecovered(ports, { facts, recovery: recover(facts) });
      return refused(order, plan.reasons, facts.view);
    }
    if (plan.kind === 'nothing') return nothing(order, plan.message, { release, view: facts.view });
    if (order.dryRun === true) return planned(order, plan);
    const ending = await carryOut(ports, facts.view, plan);
    if (ending.kind !== 'changed') return finish(ports, { order, plan, ending, startedAt });
  }
  const message = `${formatLane(order.lane)} changed ${MOST_PLANS} times while the promotion was planned. Try again.`;
  return { ...base(order), outcome: 'waiting', message };
}

function base({
  lane,
  config,
}: PromotionOrder): Pick<LaneResult, 'schema' | 'command' | 'lane' | 'decidedBy'> {
  const decidedBy = config === undefined ? {} : { decidedBy: { kind: 'config', ...config } as const };
  return { schema: 1, command: 'promote', lane, ...decidedBy };
}

function headOf({ head }: LaneView): { head?: string } {
  return head === undefined ? {} : { head };
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

interface Finish {
  order: PromotionOrder;
  plan: OperationPlan;
  ending: Exclude<Ending, { kind: 'changed' }>;
  startedAt: number;
}

async function finish(ports: ReleasePorts, end: Finish): Promise<LaneResult> {
  const { order, plan, ending } = end;
  const name = nameRelease(plan.release);
  const lane = formatLane(order.lane);
  const fromVersion = versionIn(ending.view.state, plan.from);
  const before = fromVersion === undefined ? {} : { fromVersion };
  const { from, release } = plan;
  const shared = { ...base(order), ...headOf(ending.view), ...before, from, release };
  switch (ending.kind) {
    case 'taken-over': {
      const message = takenOver(ending, `${lane}: the promotion to ${name}`);
      return { ...shared, outcome: 'waiting', message };
    }
    case 'not-moved': {
      const settled = await settle(ports, order.lane, ports.timer.now().getTime());
      const message = `${lane} was not promoted, and nothing was deployed. ${ending.message}`;
      return { ...shared, ...headOf(settled?.facts.view ?? ending.view), outcome: 'not-moved', message };
    }
    case 'not-deployed':
    case 'done':
      break;
    default:
      return ending satisfies never;
  }
  const moved = { ...shared, undo: `rollback ${lane}` };
  if (ending.kind === 'done' || plan.policy.onFailure === 'rollback') return looked(ports, end, moved);
  const settled = await settle(ports, order.lane);
  const message = `The tag of ${lane} points at ${name}, but it was NOT deployed: ${ending.message}`;
  return {
    ...moved,
    ...headOf(settled?.facts.view ?? ending.view),
    outcome: 'moved-not-proved',
    message,
  };
}

/** Looks once; what did not serve well may have been rolled back from by then. */
async function looked(
  ports: ReleasePorts,
  { order, plan, ending, startedAt }: Finish,
  moved: Omit<LaneResult, 'outcome' | 'message'>,
): Promise<LaneResult> {
  const name = nameRelease(plan.release);
  const lane = formatLane(order.lane);
  const seen = await verifyLane(ports, { lane: order.lane, policy: order.policy });
  const { automatic, outcome } = seen;
  if (automatic !== undefined) {
    const message = `${lane}: the promotion to ${name} failed. ${seen.message}`;
    const { from, release, fromVersion } = moved;
    const still = { from, release, ...(fromVersion === undefined ? {} : { fromVersion }) };
    return { ...seen, ...(automatic.restored === undefined ? still : {}), ...base(order), message };
  }
  const { undo: _overtaken, ...others } = moved;
  const isOther = seen.release !== undefined && seen.release.digest !== plan.release.digest;
  return {
    ...(isOther ? others : moved),
    ...(ending.kind === 'done' ? { seq: ending.seq, movedMs: Date.parse(ending.movedAt) - startedAt } : {}),
    ...(seen.head === undefined ? {} : { head: seen.head }),
    ...(seen.look === undefined ? {} : { look: seen.look }),
    outcome,
    message: promoted(`${name} is promoted to ${lane}`, seen),
  };
}

function promoted(what: string, { outcome, look, message }: LaneResult): string {
  if (outcome !== 'done') return `${what}. ${message}`;
  if (look?.outcome === 'healthy') return `${what} and healthy there: known good.`;
  if (look?.outcome === 'good') return `${what} and serves as expected; its soak goes on.`;
  return `${what}. ${message}`;
}

function takenOver({ view, by }: Ending & { kind: 'taken-over' }, what: string): string {
  const current = currentTenure(view.state);
  const who = by ?? current;
  const how = who === undefined ? '' : ` ${who.actor}'s ${who.action} to ${nameRelease(who.release)}`;
  return `${what} was taken over by${how || ' somebody else'}; this run stopped and wrote nothing more.`;
}
