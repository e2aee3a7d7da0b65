import { lockLane, unlockLane } from '../../release/lock.ts';
import { asked } from '../asked.ts';
import type { Handler } from '../bot-task.ts';
import { changeAnswer } from '../change-answer.ts';
import { plainLane } from '../lane-of-task.ts';
import { mayGive } from '../may-give.ts';
import { unlessTwin } from '../twin.ts';

/** `/lock LANE --reason "…"`: keeps promotions out. */
export const lockHandler: Handler<'lock'> = async (task, command) => {
  const { lane, policy } = await plainLane(task, command.lane);
  await task.authorize({ lane, policies: [policy] });
  await task.fresh?.mustBeSame();
  const { reason, dryRun } = command;
  const result = await lockLane(task.release, { lane, reason, dryRun, comment: asked(task).comment });
  return unlessTwin(task, lane, changeAnswer(result, task.context({ mayGive: mayGive(policy) })));
};

/** `/unlock LANE`: lets promotions in again. */
export const unlockHandler: Handler<'unlock'> = async (task, command) => {
  const { lane, policy } = await plainLane(task, command.lane);
  await task.authorize({ lane, policies: [policy] });
  await task.fresh?.mustBeSame();
  const { reason, dryRun } = command;
  const result = await unlockLane(task.release, { lane, reason, dryRun, comment: asked(task).comment });
  return unlessTwin(task, lane, changeAnswer(result, task.context({ mayGive: mayGive(policy) })));
};
