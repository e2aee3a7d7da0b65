import { LANE_NAME } from '../core/lane.ts';
import { nearestName } from '../core/nearest-name.ts';
import { seen } from '../core/seen.ts';
import type { CommandName } from './command.ts';
import { COMMAND_NAMES, commandNamed, GRAMMAR, type ArgumentKind } from './grammar.ts';
import { plainCase } from './other-bots.ts';
import type { Fault } from './read-words.ts';
import { ARGUMENT_WORDS } from './usage.ts';

/** The arguments by what they are; each reads as its kind asks for. */
export interface Arguments {
  kind: 'arguments';
  values: Partial<Record<ArgumentKind, string>>;
}

/** `[MODEL@]` and a version, a commit or a digest; what it names is looked up in the ledger. */
const RELEASE = /^[A-Za-z0-9][A-Za-z0-9._+@:-]{0,199}$/;

/** Puts the words behind a command's name into their places, or says which is missing, too much, or reads otherwise. */
export function readArguments(command: CommandName, words: readonly string[]): Arguments | Fault {
  const { takes } = GRAMMAR[command];
  const surplus = words[takes.length];
  if (surplus !== undefined) return { kind: 'fault', fault: tooMuch(command, surplus) };
  const values: Arguments['values'] = {};
  for (const [index, { kind, needed }] of takes.entries()) {
    const word = words[index];
    if (word === undefined && needed) {
      return { kind: 'fault', fault: `/${command} needs ${ARGUMENT_WORDS[kind]}, and saw none.` };
    }
    if (word === undefined) break;
    const fault = faultOf(kind, word);
    if (fault !== undefined) return { kind: 'fault', fault };
    values[kind] = kind === 'about' ? plainCase(word.replace(/^\//, '')) : word;
  }
  return { kind: 'arguments', values };
}

function tooMuch(command: CommandName, surplus: string): string {
  const { takes, reason } = GRAMMAR[command];
  const list = takes.map(({ kind }) => ARGUMENT_WORDS[kind]).join(' and ') || 'nothing';
  const hint = reason === 'none' ? '' : ' A reason goes behind --reason, in quotation marks.';
  return `/${command} takes ${list}, and saw ${seen(surplus)} behind that.${hint}`;
}

/** Why a word is not what its place asks for; `undefined` where it is. */
function faultOf(kind: ArgumentKind, word: string): string | undefined {
  switch (kind) {
    case 'lane':
      return isLane(word) ? undefined : `Not a lane: saw ${seen(word)}, expected [MODEL/]ENV.`;
    case 'model':
      return LANE_NAME.test(word) ? undefined : `Not the name of a model: saw ${seen(word)}.`;
    case 'release':
      if (RELEASE.test(word)) return undefined;
      return `Not a release: saw ${seen(word)}, expected a version, at least 7 digits of a commit, or 12 of a digest.`;
    case 'about':
      return aboutFault(word.replace(/^\//, ''));
    default:
      return kind satisfies never;
  }
}

function isLane(word: string): boolean {
  const parts = word.split('/');
  return parts.length <= 2 && parts.every((part) => LANE_NAME.test(part));
}

function aboutFault(name: string): string | undefined {
  if (commandNamed(plainCase(name)) !== undefined) return undefined;
  const near = nearestName(name, COMMAND_NAMES);
  const hint = near === undefined ? '' : ` Did you mean /help ${near}?`;
  return `Not a command: saw ${seen(name)}.${hint}`;
}
