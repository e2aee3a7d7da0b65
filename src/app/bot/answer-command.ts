import { isGoverned } from '../../commands/allowed-by-default.ts';
import type { Command } from '../../commands/command.ts';
import type { BotEvent } from '../../commands/event.ts';
import { KnownGoodError, messageChain } from '../../core/errors.ts';
import type { ForgeComment } from '../../core/forge.ts';
import { errorReply } from '../../report/bot/error-reply.ts';
import { plainReply } from '../../report/bot/plain-reply.ts';
import type { ReplyContext } from '../../report/bot/reply-context.ts';
import type { ReleasePorts } from '../release/release-ports.ts';
import type { Admission } from './admission.ts';
import { configWithin, loadBotConfig, type BotConfig } from './bot-config.ts';
import type { BotPorts, BotSettings } from './bot-ports.ts';
import type { Answer, BotTask } from './bot-task.ts';
import { checkPermission } from './check-permission.ts';
import { commandText } from './command-text.ts';
import type { Desk } from './desk.ts';
import { FreshComment } from './fresh-comment.ts';
import { isAllowed } from './is-allowed.ts';
import { isNamed } from './is-named.ts';
import { Refused } from './refused.ts';
import { replyContext } from './reply-context-of.ts';
import { runCommand } from './run-command.ts';
import { startedByAnother } from './started-by-another.ts';

const MOST_NAME = 200;
/** A rollback whose comment is younger than this is not looked at again: nobody had the time to think better of it. */
const YOUNG_MS = 60_000;
/** So long the config is waited for that may name who asks. */
const PATIENCE_MS = 10_000;

/** Where a command is answered. */
export interface CommandScene {
  ports: BotPorts;
  settings: BotSettings;
  event: BotEvent;
  desk: Desk;
  /** Sentences for the end of the reply. */
  notes: string[];
  /** Whether who asks sees anything of it. */
  admission: Admission;
}

/**
 * Answers one command; a refusal and an error are answers too. `undefined` where who asks is let in neither by name nor by role: nothing was
 * looked at then. A rollback waits for none of that before it begins; whether it is shown to them is settled on its way.
 */
export async function answerCommand(scene: CommandScene, command: Command): Promise<Answer | undefined> {
  const asked = new Asked(scene, command);
  if (command.name !== 'rollback' && !(await asked.mayBegin())) return undefined;
  const task = taskOf(scene, command, asked.config);
  try {
    return await runCommand(task, command);
  } catch (error) {
    await asked.letInByName();
    return error instanceof Refused ? refusal(error, task.context()) : failure(error, scene, task.context());
  }
}

/** What is asked before a command begins: whether who gives it is let in. */
class Asked {
  readonly #scene: CommandScene;
  readonly #command: Command;
  #config: Promise<BotConfig> | undefined;

  constructor(scene: CommandScene, command: Command) {
    this.#scene = scene;
    this.#command = command;
  }

  /** The config, asked for once; it is on its way before anybody needs it, but not for a stranger whom it cannot name. */
  get config(): Promise<BotConfig> {
    const { ports, settings } = this.#scene;
    this.#config ??= loadBotConfig(ports.defaultBranch, settings.configPath);
    return this.#config;
  }

  /** Whether they are let in; where the config cannot say whether it names them, the command begins too, unseen until it is allowed. */
  async mayBegin(): Promise<boolean> {
    const isUnsaid = (await this.letInByName()) === 'unsaid';
    return (await this.#scene.admission.isOpen()) || isUnsaid;
  }

  async letInByName(): Promise<'named' | 'not-named' | 'unsaid'> {
    const { ports, settings, event, admission } = this.#scene;
    const { name } = this.#command;
    if (!isGoverned(name)) return 'not-named';
    const loaded = await configWithin(this.config, PATIENCE_MS, ports.release.timer);
    if (loaded.kind === 'unusable') return 'unsaid';
    const who = { command: name, asker: event.sender, listedBots: settings.listedBots };
    if (!isNamed(loaded.config, who)) return 'not-named';
    admission.open();
    return 'named';
  }
}

function isUrgent({ name }: Command, { createdAt }: ForgeComment, scene: CommandScene): boolean {
  if (name !== 'rollback' || startedByAnother(scene.settings)) return false;
  return scene.ports.release.timer.now().getTime() - Date.parse(createdAt) < YOUNG_MS;
}

function taskOf(scene: CommandScene, command: Command, config: Promise<BotConfig>): BotTask {
  const { ports, settings, event, desk, notes, admission } = scene;
  const comment = event.kind === 'comment' ? event.comment : undefined;
  const fresh =
    comment === undefined || isUrgent(command, comment, scene)
      ? undefined
      : new FreshComment(ports.comments, comment);
  return {
    ports,
    release: releasePorts(scene),
    settings,
    event,
    command,
    comment,
    config,
    notes,
    fresh,
    authorize: async (where) => {
      const { reRunner, isReRunnerUnknown, listedBots } = settings;
      const who = { asker: event.sender, reRunner, isReRunnerUnknown, listedBots };
      await checkPermission(ports.permissions, { command: command.name, lane: undefined, ...who, ...where });
      admission.open();
    },
    mayGive: (name, { login, policy }) =>
      isAllowed(ports.permissions, { command: name, login, policy, listedBots: settings.listedBots }),
    context: (more = {}) => ({
      ...replyContext({ ports, settings, event, command: commandText(command), notes }),
      ...more,
    }),
    follow: (followed) => admission.show(() => desk.follow(followed)),
    hasBegun: () => desk.hasBegun,
    isAnswered: () => desk.isAnswered(),
  };
}

/** Approvals count where the forge tells who asks: by the comment, which is read again, or by the runner's own event. */
function releasePorts({ ports, settings, event, desk, admission }: CommandScene): ReleasePorts {
  const isAuthentic = event.kind === 'comment' || settings.isRunner;
  return {
    ...ports.release,
    actor: {
      name: event.sender.login.slice(0, MOST_NAME),
      via: event.kind === 'comment' ? 'comment' : 'workflow',
    },
    ...(isAuthentic ? { comments: ports.comments } : {}),
    progress: (step) => admission.show(() => desk.take(step)),
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
