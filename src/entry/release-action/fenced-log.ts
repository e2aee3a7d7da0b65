import { randomUUID } from 'node:crypto';
import { visibleText } from '../../report/visible-text.ts';

/** The log of a step, line by line as things happen; `close` ends it, and what is logged later opens it again. */
export interface FencedLog {
  line(text: string): void;
  page(text: string): void;
  close(): void;
}

/**
 * A log in which no line is a workflow command, whatever it quotes: one fence around all of it, so that progress shows while it is made. A
 * step that is killed leaves it open; a fence ends with its step.
 */
export function fencedLog(write: (text: string) => void): FencedLog {
  let token: string | undefined;
  const open = () => {
    if (token !== undefined) return;
    token = randomUUID();
    write(`::stop-commands::${token}\n`);
  };
  return {
    line: (text) => {
      open();
      write(`${visibleText(text)}\n`);
    },
    page: (text) => {
      open();
      write(text.endsWith('\n') ? text : `${text}\n`);
    },
    close: () => {
      if (token !== undefined) write(`::${token}::\n`);
      token = undefined;
    },
  };
}
