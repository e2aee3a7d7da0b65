import type { Command } from '../../commands/command.ts';
import type { BotEvent } from '../../commands/event.ts';
import { KnownGoodError, messageChain } from '../../core/errors.ts';
import type { ForgeComment } from '../../core/forge.ts';
import { errorReply } from '../../report/bot/error-reply.ts';
import { plainReply } from '../../report/bot/plain-reply.ts';
import type { ReplyContext } from '../../report/bot/reply-context.ts';
import type { ReleasePorts } from '../release/release-ports.ts';
import { loadBotConfig } from './bot-config.ts';
import type { BotPorts, BotSettings } from './bot-ports.ts';
import type { Answer, BotTask } from './bot-task.ts';
import { checkPermission } from './check-permission.ts';
import { commandText } from './command-text.ts';
import type { Desk } from './desk.ts';
import { FreshComment } from './fresh-comment.ts';
import { Refused } from './refused.ts';
import { replyContext } from './reply-context-of.ts';
import { runCommand } from './run-command.ts';

const MOST_NAME = 200;
/** A rollback whose comment is younger than this is not looked at again: nobody had the time to think better of it. */
const YOUNG_MS = 60_000;

/** Where a command is answered. */
export interface CommandScene {
  ports: BotPorts;
  settings: BotSettings;
  event: BotEvent;
  desk: Desk;
  /** Sentences for the end of the reply. */
  notes: string[];
}

/** Answers one command; a refusal and an error are answers too. */
export async function answerCommand(scene: CommandScene, command: Command): Promise<Answer> {
  const task = taskOf(scene, command);
  try {
    return await runCommand(task, command);
  } catch (error) {
    return error instanceof Refused ? refusal(error, task.context()) : failure(error, scene, task.context());
  }
}

function isUrgent({ name }: Command, { createdAt }: ForgeComment, { release }: BotPorts): boolean {
  return name === 'rollback' && release.timer.now().getTime() - Date.parse(createdAt) < YOUNG_MS;
}

function taskOf({ ports, settings, event, desk, notes }: CommandScene, command: Command): BotTask {
  const comment = event.kind === 'comment' ? event.comment : undefined;
  // The config is on its way before anybody asks for it, and the comment is read again at the same time.
  const config = loadBotConfig(ports.defaultBranch, settings.configPath);
  const fresh =
    comment === undefined || isUrgent(command, comment, ports)
      ? undefined
      : new FreshComment(ports.comments, comment);
  return {
    ports,
    release: releasePorts({ ports, settings, event, desk }),
    settings,
    event,
    command,
    comment,
    config,
    notes,
    fresh,
    authorize: ({ lane, policies }) => {
      const { reRunner, listedBots } = settings;
      const asker = event.sender;
      return checkPermission(ports.permissions, {
        command: command.name,
        asker,
        reRunner,
        listedBots,
        lane,
        policies,
      });
    },
    context: (more = {}) => ({
      ...replyContext({ ports, settings, event, command: commandText(command), notes }),
      ...more,
    }),
    follow: (followed) => desk.follow(followed),
    hasBegun: () => desk.hasBegun,
    isAnswered: () => desk.isAnswered(),
  };
}

/** Approvals count where the forge tells who asks: by the comment, which is read again, or by the runner's own event. */
function releasePorts({ ports, settings, event, desk }: Omit<CommandScene, 'notes'>): ReleasePorts {
  const isAuthentic = event.kind === 'comment' || settings.isRunner;
  return {
    ...ports.release,
    actor: {
      name: event.sender.login.slice(0, MOST_NAME),
      via: event.kind === 'comment' ? 'comment' : 'workflow',
    },
    ...(isAuthentic ? { comments: ports.comments } : {}),
    progress: (step) => desk.take(step),
  };
}

function refusal({ message, words, rest }: Refused, context: ReplyContext): Answer {
  const blocks = plainReply({ tone: 'fail', words, rest, sentences: [message] }, context);
  return { outcome: 'refused', message, blocks };
}

/** What is wrong with the command itself is for its author to settle; everything else is an error. */
function failure(error: unknown, { ports, desk }: CommandScene, context: ReplyContext): Answer {
  const isOwn = error instanceof KnownGoodError;
  if (!isOwn && error instanceof Error && error.stack !== undefined) ports.log(error.stack);
  const isWrong = isOwn && (error.code === 'usage' || error.code === 'input') && !desk.hasBegun;
  const message = messageChain(error)[0] ?? 'no reason was given';
  return {
    outcome: isWrong ? 'refused' : 'error',
    message,
    blocks: errorReply(error, context, desk.standing()),
  };
}
