import type { LaneView } from '../../ledger/commit.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/** An operation under way: its plan, its place in the ledger, and the lane as it was last seen. */
export interface Operation {
  plan: OperationPlan;
  id: string;
  seq: number;
  view: LaneView;
  /** When the operation was last seen to be open, by the clock. */
  seenOpenAt: number;
  /** When it had taken another one over, by the clock: from then on a late write can land for `LATE_WRITE_MS`. */
  tookOverAt: number | undefined;
}

/** Reads the lane again; whether the operation is still the open one. */
export async function stillOpen(ports: ReleasePorts, operation: Operation): Promise<boolean> {
  const askedAt = ports.timer.now().getTime();
  operation.view = await loadView(ports.ledger, operation.view.lane);
  operation.seenOpenAt = askedAt;
  return isOpen(operation, operation.view);
}

/** Whether a view shows the operation as the open one. */
export function isOpen({ id }: Operation, { state }: LaneView): boolean {
  return state.open?.operation === id;
}
