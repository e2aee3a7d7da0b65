import { formatLane } from '../../core/lane.ts';
import { nameRelease } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { versionIn } from '../../ledger/state.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import type { Ending } from './carry-out.ts';
import { lookOnce } from './look.ts';
import type { ReleasePorts } from './release-ports.ts';
import type { RollbackOrder } from './rollback.ts';
import { settle } from './settle-lane.ts';

/** What every result of a rollback has. */
export function base({ lane }: RollbackOrder): Pick<LaneResult, 'schema' | 'command' | 'lane'> {
  return { schema: 1, command: 'rollback', lane };
}

/** By which policy it was decided. */
export function decided({ config }: OperationPlan): Pick<LaneResult, 'decidedBy'> {
  return { decidedBy: config === undefined ? { kind: 'ledger' } : { kind: 'config', ...config } };
}

/** The ledger's commit of a view, where there is one. */
export function headOf({ head }: LaneView): { head?: string } {
  return head === undefined ? {} : { head };
}

/** A rollback that was carried out, and when it was asked for, by the clock. */
export interface Finish {
  order: RollbackOrder;
  plan: OperationPlan;
  ending: Exclude<Ending, { kind: 'changed' | 'taken-over' }>;
  startedAt: number;
}

/** Looks once where the tag moved, and says how the rollback ended. */
export async function finishRollback(ports: ReleasePorts, end: Finish): Promise<LaneResult> {
  const { order, plan, ending } = end;
  const name = nameRelease(plan.release);
  const { from, release, passedOver = [] } = plan;
  const fromVersion = versionIn(ending.view.state, from);
  const left = fromVersion === undefined ? {} : { fromVersion };
  const leaves = plan.leaves === undefined ? {} : { leaves: plan.leaves };
  const shared = { ...base(order), ...decided(plan), ...left, ...leaves, from, release, passedOver };
  const lane = formatLane(order.lane);
  switch (ending.kind) {
    case 'not-moved': {
      const settled = await settle(ports, order.lane, { tookOverAt: ports.timer.now().getTime() });
      const message = `${lane} was NOT rolled back. ${ending.message}`;
      return { ...shared, ...headOf(settled?.facts.view ?? ending.view), outcome: 'not-moved', message };
    }
    case 'not-deployed': {
      const settled = await settle(ports, order.lane, { view: ending.view });
      const view = settled?.facts.view ?? ending.view;
      const message = `The tag of ${lane} points at ${name} again, but it was NOT deployed: ${ending.message}`;
      return { ...shared, ...headOf(view), outcome: 'moved-not-proved', message };
    }
    case 'done':
      return looked(ports, { ...end, ending }, shared);
    default:
      return ending satisfies never;
  }
}

/** Looks once, and only then says that it rolled back. */
async function looked(
  ports: ReleasePorts,
  { order, plan, ending, startedAt }: Finish & { ending: { kind: 'done' } },
  shared: Omit<LaneResult, 'outcome' | 'message'>,
): Promise<LaneResult> {
  const name = nameRelease(plan.release);
  const lane = formatLane(order.lane);
  const movedMs = Date.parse(ending.movedAt) - startedAt;
  const look = await lookOnce(ports, order.lane, ending.view);
  const healthyMs = ports.timer.now().getTime() - startedAt;
  const settled = await settle(ports, order.lane, { tookOverAt: ending.tookOverAt, view: look?.view });
  const head = headOf(settled?.facts.view ?? look?.view ?? ending.view);
  const times = { movedMs, seq: ending.seq, ...(look === undefined ? {} : { look: look.plan }) };
  const end = { ...shared, ...head, ...times };
  if (look?.plan.outcome === 'good' || look?.plan.outcome === 'healthy') {
    const message = `${lane} is rolled back to ${name}, and serves as expected.`;
    return { ...end, healthyMs, outcome: 'done', message };
  }
  const why = look?.plan.message ?? 'Another operation followed.';
  const message = `The tag of ${lane} points at ${name} again: moved, not proved. ${why}`;
  return { ...end, outcome: 'moved-not-proved', message };
}
