import { formatLane } from '../../core/lane.ts';
import { nameRelease } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { currentTenure, versionIn } from '../../ledger/state.ts';
import { mayGoBack } from '../../promotion/may-go-back.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import type { Ending } from './carry-out.ts';
import type { PromotionOrder } from './promote.ts';
import type { ReleasePorts } from './release-ports.ts';
import { settle } from './settle-lane.ts';
import { verifyLane } from './verify.ts';

/** What every result of a promotion has. */
export function base({
  lane,
  config,
}: PromotionOrder): Pick<LaneResult, 'schema' | 'command' | 'lane' | 'decidedBy'> {
  const decidedBy = config === undefined ? {} : { decidedBy: { kind: 'config', ...config } as const };
  return { schema: 1, command: 'promote', lane, ...decidedBy };
}

/** The ledger's commit of a view, where there is one. */
export function headOf({ head }: LaneView): { head?: string } {
  return head === undefined ? {} : { head };
}

/** A promotion that was carried out, and when it was asked for, by the clock. */
export interface Finish {
  order: PromotionOrder;
  plan: OperationPlan;
  ending: Exclude<Ending, { kind: 'changed' }>;
  startedAt: number;
}

/** Looks once where the tag moved, and says how the promotion ended. */
export async function finishPromotion(ports: ReleasePorts, end: Finish): Promise<LaneResult> {
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
      const settled = await settle(ports, order.lane, { tookOverAt: ports.timer.now().getTime() });
      const message = `${lane} was not promoted, and nothing was deployed. ${ending.message}`;
      return { ...shared, ...headOf(settled?.facts.view ?? ending.view), outcome: 'not-moved', message };
    }
    case 'not-deployed':
    case 'done':
      break;
    default:
      return ending satisfies never;
  }
  const moved = { ...shared, ...(mayGoBack(ending.view.state) ? { undo: `rollback ${lane}` } : {}) };
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
  moved: Omit<LaneResult, 'outcome' | 'message'> & { undo?: string },
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
