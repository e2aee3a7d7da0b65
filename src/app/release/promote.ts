import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { nameRelease, type Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { currentTenure, versionIn } from '../../ledger/state.ts';
import type { EvidenceRules } from '../../promotion/evidence-reasons.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { planPromotion, type PromotionFacts } from '../../promotion/plan-promotion.ts';
import { recover } from '../../promotion/recover.ts';
import { carryOut, type Ending } from './carry-out.ts';
import { defaultRelease } from './default-release.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import { loadFacts, loadTag, loadView, openRegistry } from './load-lane.ts';
import { recoverLane, settle, settleRecovered } from './recover-lane.ts';
import type { ReleasePorts } from './release-ports.ts';
import { verifyLane } from './verify.ts';

const MOST_PLANS = 20;

/** What was asked for, and the config that it is judged by. */
export interface PromotionOrder {
  lane: Lane;
  policy: Policy;
  rules: EvidenceRules;
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
    const facts = await load(ports, { ...order, release });
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

async function load(
  ports: ReleasePorts,
  order: PromotionOrder & { release: Release },
): Promise<PromotionFacts> {
  const { lane, policy, release, rules } = order;
  const facts =
    order.dryRun === true
      ? await loadFacts(ports, await loadView(ports.ledger, lane), policy)
      : (await recoverLane(ports, lane, policy)).facts;
  const [before, missing, target] = await Promise.all([
    policy.after === undefined ? undefined : loadView(ports.ledger, { ...lane, environment: policy.after }),
    openRegistry(ports.registries, policy).missing(release.digest),
    sameTag(facts.view, policy) ? facts.tag : loadTag(ports.registries, policy),
  ]);
  return { ...facts, target, release, policy, before: before?.state, missing, rules };
}

function sameTag({ state }: LaneView, policy: Policy): boolean {
  return (
    state.policy === undefined || (state.policy.tag === policy.tag && state.policy.image === policy.image)
  );
}

function base({ lane }: PromotionOrder): Pick<LaneResult, 'schema' | 'command' | 'lane'> {
  return { schema: 1, command: 'promote', lane };
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

async function finish(ports: ReleasePorts, { order, plan, ending, startedAt }: Finish): Promise<LaneResult> {
  const name = nameRelease(plan.release);
  const lane = formatLane(order.lane);
  const fromVersion = versionIn(ending.view.state, plan.from);
  const before = fromVersion === undefined ? {} : { fromVersion };
  const shared = {
    ...base(order),
    ...headOf(ending.view),
    ...before,
    from: plan.from,
    release: plan.release,
  };
  switch (ending.kind) {
    case 'taken-over':
      return {
        ...shared,
        outcome: 'waiting',
        message: takenOver(ending, `${lane}: the promotion to ${name}`),
      };
    case 'not-moved':
      await settle(ports, order.lane, ports.timer.now().getTime());
      return {
        ...shared,
        outcome: 'not-moved',
        message: `${lane} was not promoted, and nothing was deployed. ${ending.message}`,
      };
    case 'not-deployed':
    case 'done':
      break;
    default:
      return ending satisfies never;
  }
  const moved = { ...shared, undo: `rollback ${lane}` };
  if (ending.kind === 'not-deployed' && plan.policy.onFailure === 'hold') {
    await settle(ports, order.lane);
    const message = `The tag of ${lane} points at ${name}, but it was NOT deployed: ${ending.message}`;
    return { ...moved, outcome: 'moved-not-proved', message };
  }
  const times =
    ending.kind === 'done' ? { seq: ending.seq, movedMs: Date.parse(ending.movedAt) - startedAt } : {};
  const seen = await verifyLane(ports, { lane: order.lane, policy: order.policy });
  const end = { ...moved, ...times, ...(seen.head === undefined ? {} : { head: seen.head }) };
  const look = seen.look === undefined ? {} : { look: seen.look };
  const back = seen.release !== undefined && seen.release.digest !== plan.release.digest;
  const { undo: _undone, ...rolledBack } = end;
  return {
    ...(back ? rolledBack : end),
    ...look,
    outcome: seen.outcome,
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
