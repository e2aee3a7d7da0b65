import type { LaneResult } from '../../promotion/lane-result.ts';
import { laneReply } from '../../report/bot/lane-reply.ts';
import type { PromotionOutlook } from '../../report/bot/outlook-blocks.ts';
import type { ReplyContext } from '../../report/bot/reply-context.ts';
import type { Answer } from './bot-task.ts';

/** The answer to a command on a lane, from its result. */
export function laneAnswer(result: LaneResult, context: ReplyContext, outlook?: PromotionOutlook): Answer {
  const { outcome, message, lane, release, head } = result;
  return {
    outcome,
    message,
    blocks: laneReply(result, context, outlook),
    moved: result,
    lane,
    ...(release === undefined ? {} : { digest: release.digest, version: release.version }),
    ...(head === undefined ? {} : { head }),
  };
}
