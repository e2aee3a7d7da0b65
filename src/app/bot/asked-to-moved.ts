import type { LaneResult } from '../../promotion/lane-result.ts';
import type { BotTask } from './bot-task.ts';

/** From the comment, by the forge's clock, to the tag read back, in milliseconds; nothing where no tag moved, or nobody commented. */
export function askedToMoved(
  { comment }: BotTask,
  { movedMs, automatic }: LaneResult,
  startedAt: number,
): { askedToMovedMs?: number } {
  if (comment === undefined || movedMs === undefined || automatic !== undefined) return {};
  const askedToMovedMs = startedAt + movedMs - Date.parse(comment.createdAt);
  return Number.isFinite(askedToMovedMs) && askedToMovedMs >= movedMs ? { askedToMovedMs } : {};
}
