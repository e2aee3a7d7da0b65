import type { ChangeResult } from '../../promotion/change-result.ts';
import { changeReply } from '../../report/bot/change-reply.ts';
import type { ReplyContext } from '../../report/bot/reply-context.ts';
import type { Answer } from './bot-task.ts';

/** The answer to a command that moves no tag, from its result. */
export function changeAnswer(result: ChangeResult, context: ReplyContext): Answer {
  const { outcome, message, lanes = [], release, head } = result;
  const [lane, ...others] = lanes;
  return {
    outcome,
    message,
    blocks: changeReply(result, context),
    ...(lane === undefined || others.length > 0 ? {} : { lane }),
    ...(release === undefined ? {} : { digest: release.digest, version: release.version }),
    ...(head === undefined ? {} : { head }),
  };
}
