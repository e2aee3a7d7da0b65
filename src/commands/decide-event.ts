import { seen } from '../core/seen.ts';
import type { BotEvent } from './event.ts';
import { isListed } from './is-listed.ts';

/** Whether an event is looked at at all; `skip` is a sentence for the log. */
export type EventDecision = 'go' | { skip: string };

/**
 * Whether the bot looks at an event: a comment that was just created, by whoever wrote it, and no bot unless listed. What is skipped gets no
 * answer, as an answer to a bot could be answered again.
 */
export function decideEvent(
  event: BotEvent,
  { listedBots }: { listedBots: readonly string[] },
): EventDecision {
  const { sender } = event;
  if (event.kind === 'comment') {
    const { action, comment } = event;
    if (action !== 'created') {
      return { skip: `The comment was ${seen(action)}; only new ones are commands. Write a new one.` };
    }
    if (comment.author.login.toLowerCase() !== sender.login.toLowerCase()) {
      return {
        skip: `The comment is by ${comment.author.login}, and ${sender.login} caused the event; a command counts only from its author.`,
      };
    }
  }
  if (sender.kind === 'bot' && !isListed(sender.login, listedBots)) {
    return { skip: `${sender.login} is a bot. To let it give commands, add it to the input bots.` };
  }
  return 'go';
}
