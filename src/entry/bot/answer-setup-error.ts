import { createComments } from '../../adapters/github/comments.ts';
import type { BotResult } from '../../app/bot/bot-result.ts';
import { decideEvent } from '../../commands/decide-event.ts';
import type { BotEvent } from '../../commands/event.ts';
import { parseComment } from '../../commands/parse-command.ts';
import { messageChain } from '../../core/errors.ts';
import { errorReply } from '../../report/bot/error-reply.ts';
import { renderReply, replyMarker } from '../../report/bot/render-reply.ts';
import { gitHubOf } from '../release-action/open-forge.ts';
import type { BotInputs } from './bot-inputs.ts';

const MOST_QUOTED = 200;

/**
 * Answers a command that found the bot set up wrongly, such as half a pair of credentials. The error is passed on where nobody waits for an
 * answer, or none can be given.
 */
export async function answerSetupError(
  error: unknown,
  event: BotEvent,
  { inputs, env }: { inputs: BotInputs; env: Readonly<Record<string, string | undefined>> },
): Promise<BotResult> {
  const { 'github-token': token, bots = [], ignore = [] } = inputs;
  const client = gitHubOf(env, token);
  if (event.kind !== 'comment' || client === undefined) throw error;
  const isMeant =
    decideEvent(event, { listedBots: bots }) === 'go' &&
    parseComment(event.comment.body, { others: ignore }).kind === 'command';
  if (!isMeant) throw error;
  const command = (event.comment.body.split(/\r?\n|\r/)[0] ?? '').slice(0, MOST_QUOTED);
  const context = { command, by: event.sender.login, notes: [] };
  const reply = renderReply(errorReply(error, context), replyMarker(event.comment.id));
  await createComments(client).create(event.thread.number, reply);
  return { outcome: 'error', message: messageChain(error)[0] ?? '', reply, isAnswered: true };
}
