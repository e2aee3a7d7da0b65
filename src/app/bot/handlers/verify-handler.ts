import { currentTenure } from '../../../ledger/state.ts';
import { statusReply } from '../../../report/bot/status-reply.ts';
import { laneStatuses } from '../../release/status.ts';
import { verifyLane } from '../../release/verify.ts';
import type { Handler } from '../bot-task.ts';
import { laneAnswer } from '../lane-answer.ts';
import { plainLane } from '../lane-of-task.ts';
import { mayGive } from '../may-give.ts';

/** `/verify LANE`: looks at what serves and records it. A dry run shows the lane as it stands, and looks at nothing. */
export const verifyHandler: Handler<'verify'> = async (task, command) => {
  const { lane, configured, policy, view } = await plainLane(task, command.lane);
  await task.authorize({ lane, policies: [policy] });
  const may = mayGive(policy);
  if (command.dryRun) {
    const statuses = await laneStatuses(task.release, [{ lane, policy: configured }]);
    const message = 'A look would be recorded; nothing was looked at.';
    return {
      outcome: 'planned',
      message,
      blocks: statusReply(statuses, task.context({ mayGive: may })),
      lane,
    };
  }
  await task.fresh?.mustBeSame();
  const before = currentTenure(view.state)?.release;
  task.follow({ lane, command: 'verify', before });
  const result = await verifyLane(task.release, { lane, policy: configured });
  return laneAnswer(result, task.context({ before, mayGive: may }));
};
