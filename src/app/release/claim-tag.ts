import { formatLane } from '../../core/lane.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { governs } from '../../ledger/hand-over.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { governorOf } from './governor.ts';
import { loadView } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/**
 * Makes sure that a tag has one lane, before an intent brings a lane to it: `own` where the lane has it already, and nothing is read;
 * `free` where no other lane has it at the view's head, on which the intent must be written then. Otherwise how the operation ends.
 */
export async function claimTag(
  { ledger }: Pick<ReleasePorts, 'ledger'>,
  view: LaneView,
  { policy }: OperationPlan,
): Promise<
  | 'own'
  | 'free'
  | { kind: 'changed'; view: LaneView }
  | { kind: 'not-moved'; view: LaneView; message: string }
> {
  if (governs(view.state, policy)) return 'own';
  const { head, governor } = await governorOf(ledger, view, policy);
  if (head !== view.head) return { kind: 'changed', view: await loadView(ledger, view.lane) };
  if (governor === undefined) return 'free';
  const message = `${formatLane(governor.lane)} governs ${policy.image}:${policy.tag} in the ledger, and a tag has one lane. Give ${formatLane(view.lane)} a tag of its own.`;
  return { kind: 'not-moved', view, message };
}
