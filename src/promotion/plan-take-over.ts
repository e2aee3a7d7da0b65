import { formatLane } from '../core/lane.ts';
import { formatPlace } from '../core/place.ts';
import type { LaneView } from '../ledger/commit.ts';
import type { Governor, LaneFacts } from './facts.ts';
import { governedReason } from './governed.ts';
import type { Reason } from './reason.ts';
import { recover } from './recover.ts';
import { stopReasons } from './stop-reasons.ts';

/** Why a lane cannot carry on from the one that has its tag; none = it can. `old` is what is known of that one, after recovery. */
export function takeOverReasons(
  { lane, state }: LaneView,
  { governor, old, reason }: { governor: Governor; old: LaneFacts; reason: string | undefined },
): Reason[] {
  if (governor.lane.model !== lane.model)
    return [governedReason(lane, { by: governor, closed: state.closed })];
  if (state.policy !== undefined) {
    const name = formatLane(lane);
    const message = `${formatLane(governor.lane)} governs ${governor.place ?? 'the tag'} in the ledger, and ${name} has a history of its own, under ${formatPlace(state.policy)}: one lane cannot carry on from another then. Give ${name} its tag again, or call the environment by a name that the ledger does not know.`;
    return [{ code: 'tag-of-other-lane', message }];
  }
  const recovery = recover(old);
  const stopped = recovery.kind === 'drift' ? [] : stopReasons(old.view.lane, recovery);
  if (reason !== undefined) return stopped;
  return [
    ...stopped,
    { code: 'reason-missing', message: 'An adoption is recorded with a reason: add --reason "…".' },
  ];
}
