import type { BotTask } from './bot-task.ts';

/** What an order on a lane says of the comment that asks; nothing on `workflow_dispatch`. */
export function asked({ comment }: BotTask): {
  comment: string | undefined;
  commentedAt: string | undefined;
} {
  return { comment: comment?.id, commentedAt: comment?.createdAt };
}
