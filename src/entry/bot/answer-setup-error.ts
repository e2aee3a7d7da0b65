import { createComments } from '../../adapters/github/comments.ts';
import { machineTimer } from '../../adapters/oci/machine-timer.ts';
import type { BotResult } from '../../app/bot/bot-result.ts';
import { ReplyThread } from '../../app/bot/reply-thread.ts';
import { decideEvent } from '../../commands/decide-event.ts';
import type { BotEvent } from '../../commands/event.ts';
import { parseComment } from '../../commands/parse-command.ts';
import { messageChain } from '../../core/errors.ts';
import { errorReply } from '../../report/bot/error-reply.ts';
import { renderReply, replyMarker } from '../../report/bot/render-reply.ts';
import { markerLine } from '../../report/to-markdown.ts';
import { gitHubOf } from '../release-action/open-forge.ts';
import type { BotInputs } from './bot-inputs.ts';

const MOST_QUOTED = 200;

/**
 * Answers a command that found the bot set up wrongly, such as half a pair of credentials. The error is passed on where nobody waits for an
 * answer, or none can be given. Where the reply cannot be written, the result holds the error all the same, and in a second line why.
 */
export async function answerSetupError(
  error: unknown,
  event: BotEvent,
  { inputs, env }: { inputs: BotInputs; env: Readonly<Record<string, string | undefined>> },
): Promise<BotResult> {
  const { 'github-token': token, bots = [], ignore = [] } = inputs;
  const client = gitHubOf(env, token);
  if (event.kind !== 'comment' || client === undefined) throw error;
  const { comment, thread, sender } = event;
  const isMeant =
    decideEvent(event, { listedBots: bots }) === 'go' &&
    parseComment(comment.body, { others: ignore }).kind === 'command';
  if (!isMeant) throw error;
  const command = (comment.body.split(/\r?\n|\r/)[0] ?? '').slice(0, MOST_QUOTED);
  const marker = replyMarker(comment.id);
  const rendered = (notes: readonly string[]) =>
    renderReply(errorReply(error, { command, by: sender.login, notes }), marker);
  const troubles: string[] = [];
  const place = {
    comments: createComments(client),
    timer: machineTimer,
    log: (sentence: string) => void troubles.push(sentence),
    thread: thread.number,
    marker: markerLine(marker),
    since: comment.createdAt,
    mayExist: true,
  };
  const reply = rendered([]);
  const [message = ''] = messageChain(error);
  const isAnswered = await new ReplyThread(place).finish(reply);
  if (isAnswered) return { outcome: 'error', message, reply, isAnswered };
  if (troubles.length === 0) troubles.push('The reply could not be written: GitHub did not answer in time.');
  return {
    outcome: 'error',
    message: [message, ...troubles].join('\n'),
    reply: rendered(troubles),
    isAnswered,
  };
}
