import { ALLOWED_BY_DEFAULT } from '../../commands/allowed-by-default.ts';
import { decideEvent } from '../../commands/decide-event.ts';
import type { BotEvent } from '../../commands/event.ts';
import { parseComment, type ParsedComment } from '../../commands/parse-command.ts';
import { usageOf } from '../../commands/usage.ts';
import { messageChain } from '../../core/errors.ts';
import type { Reaction } from '../../core/forge.ts';
import { code } from '../../report/document.ts';
import { errorReply } from '../../report/bot/error-reply.ts';
import { fact } from '../../report/bot/fact.ts';
import { plainReply } from '../../report/bot/plain-reply.ts';
import { answerCommand } from './answer-command.ts';
import type { BotOutcome, BotResult } from './bot-result.ts';
import type { Answer } from './bot-task.ts';
import type { BotPorts, BotSettings } from './bot-ports.ts';
import { Admission } from './admission.ts';
import { mayBeAnswered } from './check-permission.ts';
import { deploymentShown } from './deployment-shown.ts';
import { Desk } from './desk.ts';
import { rememberRoles } from './remember-roles.ts';
import { replyContext } from './reply-context-of.ts';

/** Longest command that is quoted in an answer. */
const MOST_QUOTED = 200;

/**
 * Answers one event: parses its command, finds out whether its author may give it, carries it out, and replies once. Rejects never: what went
 * wrong is an answer too. Who may not even ask for help, and is named nowhere, gets none: neither a reaction nor a reply, only a line in the log. The reply is in the result as well, wherever else it could be shown.
 */
export async function handleEvent(
  given: BotPorts,
  settings: BotSettings,
  event: BotEvent,
): Promise<BotResult> {
  const decision = decideEvent(event, settings);
  if (decision !== 'go') return ignored(decision.skip);
  const text = event.kind === 'comment' ? event.comment.body : event.command;
  const parsed = parseComment(text, { others: settings.otherCommands });
  if (parsed.kind === 'none' && event.kind === 'comment') return ignored('The comment holds no command.');
  const ports = { ...given, permissions: rememberRoles(given.permissions) };
  const notes: string[] = [];
  const typed = firstLine(text);
  const context = () => replyContext({ ports, settings, event, command: typed, notes });
  const desk = new Desk({ ports, event, settings, context });
  const admission = admissionFor(ports, settings, event);
  const scene = { ports, settings, event, desk, notes, typed, admission };
  try {
    const answer = await answerTo(parsed, scene);
    return answer === undefined ? ignored(unanswered(scene)) : await ended(scene, answer);
  } catch (error) {
    // A fault in the answer itself: what was seen is still an answer.
    const message = messageChain(error)[0] ?? 'no reason was given';
    return ended(scene, {
      outcome: 'error',
      message,
      blocks: errorReply(error, context(), desk.standing()),
    });
  }
}

interface Scene {
  ports: BotPorts;
  settings: BotSettings;
  event: BotEvent;
  desk: Desk;
  notes: string[];
  typed: string;
  admission: Admission;
}

/** What is answered in the job summary alone is for whoever may start the workflow. */
function admissionFor(
  { permissions }: BotPorts,
  { listedBots }: BotSettings,
  { kind, sender }: BotEvent,
): Admission {
  const admission = new Admission(() => mayBeAnswered(permissions, { asker: sender, listedBots }));
  if (kind === 'dispatch') admission.open();
  return admission;
}

async function answerTo(parsed: ParsedComment, scene: Scene): Promise<Answer | undefined> {
  const { desk, typed, admission } = scene;
  admission.show(() => {
    if (parsed.kind === 'command' || parsed.kind === 'wrong') desk.react('eyes');
  });
  if (parsed.kind === 'command') return answerCommand(scene, parsed.command);
  if (!(await admission.isOpen())) return undefined;
  switch (parsed.kind) {
    case 'wrong':
      return corrected(scene, parsed.message, usageOf(parsed.name));
    case 'none':
      return corrected(
        scene,
        `${JSON.stringify(typed)} is no command: it begins with a slash, such as /status.`,
        '/help',
      );
    case 'unknown':
      return corrected(scene, parsed.message, '/help');
    default:
      return parsed satisfies never;
  }
}

function corrected({ ports, settings, event, typed, notes }: Scene, message: string, usage: string): Answer {
  const context = replyContext({ ports, settings, event, command: typed, notes });
  const blocks = plainReply(
    {
      tone: 'fail',
      words: 'NOT DONE',
      rest: 'this is no command that could be read',
      sentences: [message],
      facts: [fact('Write', code(usage))],
    },
    context,
  );
  return { outcome: 'refused', message, blocks };
}

async function ended(scene: Scene, answer: Answer): Promise<BotResult> {
  const { ports, settings, desk, admission } = scene;
  const { outcome, message, blocks, moved, ...facts } = answer;
  if (!(await admission.isOpen())) {
    // A fault of ours is for those who watch over the runs, and for no stranger.
    if (outcome !== 'error' || blocks === undefined) return ignored(unanswered(scene));
    return { outcome, message, reply: desk.render(blocks), isAnswered: false, ...facts };
  }
  if (blocks === undefined) return { outcome, message, reply: undefined, isAnswered: true, ...facts };
  const reaction = REACTIONS[outcome];
  if (reaction !== undefined) desk.react(reaction);
  const { run } = ports.release;
  const isNew = settings.attempt === 1;
  const shown = moved === undefined ? undefined : deploymentShown(moved, { run, isNew });
  if (shown !== undefined) desk.inBackground('Showing the deployment', ports.deployments.show(shown));
  const reply = desk.render(blocks);
  const [isAnswered] = await Promise.all([desk.showLast(reply), desk.close()]);
  return { outcome, message, reply, isAnswered, ...facts };
}

const REACTIONS: Readonly<Partial<Record<BotOutcome, Reaction>>> = {
  nothing: '+1',
  planned: '+1',
  refused: '-1',
  'moved-not-proved': 'confused',
  'not-moved': 'confused',
  failed: 'confused',
  error: 'confused',
};

function unanswered({ typed, event }: Scene): string {
  return `${typed} gets no answer: @${event.sender.login} is named for it nowhere and may not ask for help, which takes the role ${ALLOWED_BY_DEFAULT.help} or a stronger one.`;
}

function ignored(message: string): BotResult {
  return { outcome: 'ignored', message, reply: undefined, isAnswered: false };
}

function firstLine(text: string): string {
  return (text.split(/\r?\n|\r/)[0] ?? '').slice(0, MOST_QUOTED);
}
