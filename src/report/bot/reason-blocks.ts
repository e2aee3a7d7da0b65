import { GOVERNED_COMMANDS, type GovernedCommand } from '../../core/policy.ts';
import { code, text, type Block, type Inline } from '../document.ts';
import { commentCommands } from './comment-command.ts';
import { sentenceInlines } from './sentence-inlines.ts';
import type { ReplyContext } from './reply-context.ts';

/** Why something is refused, as results of commands hold it. */
interface Reason {
  code: string;
  message: string;
  settle?: string;
}

/** All reasons of a refusal, each with what to type to settle it, and who may. */
export function reasonBlocks(reasons: readonly Reason[], context: ReplyContext): Block[] {
  if (reasons.length === 0) return [];
  return [{ kind: 'list', items: reasons.map((reason) => reasonItem(reason, context)) }];
}

function reasonItem({ code: name, message, settle }: Reason, { mayGive }: ReplyContext): Inline[] {
  const commands = commentCommands(settle);
  const typed = commands.flatMap((command, i): Inline[] => [
    text(i === 0 ? '. To settle it: ' : ' or '),
    code(command),
    ...whoMay(command, mayGive),
  ]);
  const sentence = message.replace(/[.\s]+$/, '');
  return [...sentenceInlines(sentence), text(' ('), code(name), text(')'), ...typed, text('.')];
}

function whoMay(command: string, mayGive: ReplyContext['mayGive']): Inline[] {
  const word = /^\/([a-z]+) /.exec(command)?.[1];
  const governed = GOVERNED_COMMANDS.find((each): each is GovernedCommand => each === word);
  const who = governed === undefined ? undefined : mayGive?.[governed];
  return who === undefined ? [] : [text(` (${who})`)];
}
