import type { Command, CommandName } from './command.ts';
import { findSecondCommand } from './find-second-command.ts';
import { GRAMMAR } from './grammar.ts';
import { readArguments, type Arguments } from './read-arguments.ts';
import { readOpening, type Opening } from './read-opening.ts';
import { readReason } from './read-reason.ts';
import { readWords, type Fault, type Words } from './read-words.ts';
import { usageOf } from './usage.ts';

/** What a comment asks for. `message` is a sentence or more for a person: what was seen, what is expected, what to copy. */
export type ParsedComment =
  | { kind: 'none' }
  | { kind: 'command'; command: Command }
  | { kind: 'unknown'; name: string; nearest?: CommandName; message: string }
  | { kind: 'wrong'; name: CommandName; message: string; usage: string };

const MOST_CHARACTERS = 1000;

/**
 * Parses a comment, or the text of a command from elsewhere. Only the first line counts, from its first character on; everything else is
 * `none`. What begins like a command and is not whole and certain is `wrong`, never a guess. Names in `others` (with or without slash)
 * belong to other bots. The messages hold what was written, escaped as JSON, and at most 60 characters of it.
 */
export function parseComment(
  body: string,
  { others = [] }: { others?: readonly string[] } = {},
): ParsedComment {
  const opening = readOpening(body, others);
  switch (opening.kind) {
    case 'none':
      return opening;
    case 'unknown': {
      const { nearest, ...rest } = opening;
      return nearest === undefined ? rest : { ...rest, nearest };
    }
    case 'named': {
      const fault = faultOfLine(opening) ?? faultOfRest(body, opening.name, others);
      const read = fault ?? readCommand(opening.name, opening.rest);
      return read.kind === 'fault' ? wrong(opening.name, read.fault) : read;
    }
    default:
      return opening satisfies never;
  }
}

function wrong(name: CommandName, fault: string): ParsedComment {
  const usage = usageOf(name);
  const message = `${fault} Nothing was done. Write: ${usage}, for example: ${GRAMMAR[name].examples[0]}`;
  return { kind: 'wrong', name, message, usage };
}

function faultOfLine({ line, hidden }: Extract<Opening, { kind: 'named' }>): Fault | undefined {
  if (line.length > MOST_CHARACTERS) {
    const fault = `The first line has ${line.length} characters, and at most ${MOST_CHARACTERS} are read.`;
    return { kind: 'fault', fault };
  }
  if (hidden.length === 0) return undefined;
  const codes = [...new Set(hidden)].slice(0, 3).map(codeOf).join(', ');
  const fault = `The first line holds characters that cannot be seen (${codes}). Type it by hand, with plain spaces.`;
  return { kind: 'fault', fault };
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function faultOfRest(body: string, name: CommandName, others: readonly string[]): Fault | undefined {
  const second = findSecondCommand(body, others);
  if (second === undefined) return undefined;
  const fault = `One command a comment: saw /${name}, and /${second} further down. Write each in a comment of its own; what is only quoted goes into a code block.`;
  return { kind: 'fault', fault };
}

function readCommand(name: CommandName, rest: string): { kind: 'command'; command: Command } | Fault {
  const words = readWords(name, rest);
  if (words.kind === 'fault') return words;
  const found = readArguments(name, words.arguments);
  if (found.kind === 'fault') return found;
  const reason = words.reason === undefined ? undefined : readReason(words.reason);
  if (reason?.kind === 'fault') return reason;
  const fault = missingOf(name, words, found);
  if (fault !== undefined) return { kind: 'fault', fault };
  return { kind: 'command', command: commandOf({ name, words, found, reason: reason?.reason }) };
}

/** What one part asks for beside it. */
function missingOf(
  name: CommandName,
  { switches, reason }: Words,
  { values }: Arguments,
): string | undefined {
  if (GRAMMAR[name].reason === 'must' && reason === undefined) {
    return `/${name} needs a reason, and saw none: add --reason "…".`;
  }
  if (switches.has('accept-hold') && reason === undefined) {
    return '--accept-hold needs a reason, and saw none: add --reason "…".';
  }
  if (!switches.has('unproved')) return undefined;
  if (values.release === undefined) {
    return '--unproved needs the RELEASE to go back to, and saw none; without --unproved the last one that was proved good is found.';
  }
  return reason === undefined ? '--unproved needs a reason, and saw none: add --reason "…".' : undefined;
}

function commandOf({
  name,
  words,
  found,
  reason,
}: {
  name: CommandName;
  words: Words;
  found: Arguments;
  reason: string | undefined;
}): Command {
  const { switches } = GRAMMAR[name];
  // What each command's type asks for is what its row of the grammar asked for; the table of the tests holds both together.
  return {
    name,
    ...found.values,
    ...(switches.includes('accept-hold') ? { acceptHold: words.switches.has('accept-hold') } : {}),
    ...(switches.includes('unproved') ? { unproved: words.switches.has('unproved') } : {}),
    ...(reason === undefined ? {} : { reason }),
    dryRun: words.switches.has('dry-run'),
  } as Command;
}
