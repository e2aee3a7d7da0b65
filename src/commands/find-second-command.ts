import type { CommandName } from './command.ts';
import { commandText, linesOf } from './command-text.ts';
import { commandNamed } from './grammar.ts';
import { isOtherBots, plainCase } from './other-bots.ts';

const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;
const NAME = /^\/([a-z]+)(?= |$)/i;

/**
 * The first command below the first line of a comment: at the beginning of a line, outside a code fence. A fence that is not closed goes
 * on to the end, as it does on the page. `undefined` where there is none.
 */
export function findSecondCommand(body: string, others: readonly string[]): CommandName | undefined {
  let fence: string | undefined;
  for (const line of linesOf(body).slice(1)) {
    if (fence !== undefined) {
      if (closes(line, fence)) fence = undefined;
      continue;
    }
    fence = FENCE.exec(line)?.[1];
    const name = line.startsWith('/') ? commandAt(line) : undefined;
    if (name !== undefined && !isOtherBots(name, others)) return name;
  }
  return undefined;
}

function commandAt(line: string): CommandName | undefined {
  return commandNamed(plainCase(NAME.exec(commandText(line.slice(0, 100)).text)?.[1] ?? ''));
}

/** A fence ends at a line of the same character, at least as many, and nothing else. */
function closes(line: string, fence: string): boolean {
  const [, marks = ''] = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line) ?? [];
  return marks.length >= fence.length && marks[0] === fence[0];
}
