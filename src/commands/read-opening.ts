import { nearestName } from '../core/nearest-name.ts';
import { seen } from '../core/seen.ts';
import type { CommandName } from './command.ts';
import { commandText, linesOf } from './command-text.ts';
import { COMMAND_NAMES, commandNamed } from './grammar.ts';
import { isOtherBots, plainCase } from './other-bots.ts';

/** How a comment begins. */
export type Opening =
  | { kind: 'none' }
  | { kind: 'unknown'; name: string; nearest: CommandName | undefined; message: string }
  | {
      kind: 'named';
      name: CommandName;
      /** What stands behind the name: only what can be seen, every space a plain one. */
      rest: string;
      /** The first line as it came. */
      line: string;
      /** What cannot be seen in it. */
      hidden: readonly string[];
    };

/** The first word: a slash, a word, and whatever stands behind it before the first space. */
const FIRST_WORD = /^\/(\p{L}[\p{L}\p{N}_-]*)([^ ]*)/u;
/** More of the first line than any command has room for is not looked at. */
const MOST_LOOKED_AT = 4000;

/**
 * Looks for a command at the very beginning of a comment. A space, a byte order mark, a quote or anything else before the slash: none. A
 * path (`/a/b`), a lone slash and a name in `others`, which are other bots' commands: none. Names are lower case; other case is taken, as
 * phones write the first letter large. A word that is no command is `unknown`, with the nearest one.
 */
export function readOpening(body: string, others: readonly string[]): Opening {
  if (!body.startsWith('/')) return { kind: 'none' };
  const line = linesOf(body)[0] ?? '';
  const { text, hidden } = commandText(line.slice(0, MOST_LOOKED_AT));
  const [whole = '', word = '', tail = ''] = FIRST_WORD.exec(text) ?? [];
  if (word === '' || tail.includes('/') || isOtherBots(word, others)) return { kind: 'none' };
  const name = commandNamed(plainCase(word));
  if (tail === '' && name !== undefined) {
    return { kind: 'named', name, rest: text.slice(whole.length), line, hidden };
  }
  // `/index.html` is no command, `/rollback:` wants to be one.
  if (tail !== '' && name === undefined) return { kind: 'none' };
  return unknown(whole, name ?? nearestName(word, COMMAND_NAMES));
}

function unknown(whole: string, nearest: string | undefined): Opening {
  const known = COMMAND_NAMES.find((name) => name === nearest);
  const hint = known === undefined ? '' : ` Did you mean /${known}?`;
  const message = `Not a command: saw ${seen(whole)}.${hint} Nothing was done. /help lists what there is.`;
  return { kind: 'unknown', name: whole.slice(1, 101), nearest: known, message };
}
