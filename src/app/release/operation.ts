import type { LaneView } from '../../ledger/commit.ts';
import { LEDGER_LAG_MS } from '../../ledger/late-writes.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { loadSince } from './load-since.ts';
import type { ReleasePorts } from './release-ports.ts';

/** An effect is begun at most this long after the operation was seen open, else the lane is read again. */
const FRESH_MS = 1000;

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

/** When an append showed that the operation is open: its answer counts as a look, unless it was longer on its way than a look may lag. */
export function seenByAppend({ timer }: Pick<ReleasePorts, 'timer'>, askedAt: number): number {
  const now = timer.now().getTime();
  return now - askedAt <= LEDGER_LAG_MS ? now : askedAt;
}

/** Reads the lane again; whether the operation is still the open one. */
export async function stillOpen(ports: ReleasePorts, operation: Operation): Promise<boolean> {
  const askedAt = ports.timer.now().getTime();
  operation.view = await loadSince(ports, operation.view);
  operation.seenOpenAt = askedAt;
  return isOpen(operation, operation.view);
}

/** Whether the operation was seen open a short time ago; looks again where that is long past. */
export async function freshlyOpen(ports: ReleasePorts, operation: Operation): Promise<boolean> {
  const age = ports.timer.now().getTime() - operation.seenOpenAt;
  if (age >= 0 && age < FRESH_MS) return true;
  return stillOpen(ports, operation);
}

/** Whether a view shows the operation as the open one. */
export function isOpen({ id }: Operation, { state }: LaneView): boolean {
  return state.open?.operation === id;
}
