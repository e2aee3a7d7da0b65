import { currentTenure } from '../../../ledger/state.ts';
import { adopt } from '../../release/adopt.ts';
import { findRelease } from '../../release/find-release.ts';
import { asked } from '../asked.ts';
import type { Handler } from '../bot-task.ts';
import { laneAnswer } from '../lane-answer.ts';
import { governedLane } from '../lane-of-task.ts';
import { mayGive } from '../may-give.ts';
import { answeredByTwin, unlessTwin } from '../twin.ts';

/** `/adopt LANE [RELEASE] --reason "…"`: takes over what the tag points at. */
export const adoptHandler: Handler<'adopt'> = async (task, command) => {
  const { lane, policy, origin, view } = await governedLane(task, command.lane);
  await task.authorize({ lane, policies: [policy] });
  const twin = await answeredByTwin(task, view);
  if (twin !== undefined) return twin;
  const { ledger } = task.release;
  const release =
    command.release === undefined ? undefined : await findRelease(ledger, lane.model, command.release);
  await task.fresh?.mustBeSame();
  const before = currentTenure(view.state)?.release;
  task.follow({ lane, command: 'adopt', before });
  const { reason, dryRun } = command;
  const { comment } = asked(task);
  const result = await adopt(task.release, {
    lane,
    policy,
    config: origin,
    release,
    reason,
    comment,
    dryRun,
  });
  return unlessTwin(task, lane, laneAnswer(result, task.context({ before, mayGive: mayGive(policy) })));
};
