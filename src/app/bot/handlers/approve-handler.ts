import { sameLogin } from '../../../core/same-login.ts';
import { approveRelease } from '../../release/approve.ts';
import { findRelease } from '../../release/find-release.ts';
import { asked } from '../asked.ts';
import type { Handler } from '../bot-task.ts';
import { changeAnswer } from '../change-answer.ts';
import { governedLane } from '../lane-of-task.ts';
import { mayGive } from '../may-give.ts';
import { Refused } from '../refused.ts';
import { unlessTwin } from '../twin.ts';

/** `/approve LANE RELEASE`: gives one of the approvals that a promotion of these bytes needs. */
export const approveHandler: Handler<'approve'> = async (task, command) => {
  const { lane, policy, rules } = await governedLane(task, command.lane);
  await task.authorize({ lane, policies: [policy] });
  if (task.comment === undefined) {
    const why =
      'An approval is a comment, which a promotion reads again. Comment /approve on an issue or a pull request.';
    throw new Refused(why, { rest: 'an approval is given in a comment; nothing was changed' });
  }
  const { reRunner } = task.settings;
  if (reRunner !== undefined && !sameLogin(reRunner, task.comment.author.login)) {
    const why = `An approval is its author’s alone, and @${reRunner} started this run again. Comment /approve yourself.`;
    throw new Refused(why, { rest: 'an approval is given by its author; nothing was changed' });
  }
  const release = await findRelease(task.release.ledger, lane.model, command.release);
  await task.fresh?.mustBeSame();
  const { reason, dryRun } = command;
  const { body } = task.comment;
  const result = await approveRelease(task.release, {
    lane,
    policy,
    rules,
    release,
    reason,
    dryRun,
    body,
    ...asked(task),
  });
  return unlessTwin(task, lane, changeAnswer(result, task.context({ mayGive: mayGive(policy) })));
};
