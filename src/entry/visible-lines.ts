import { KnownGoodError } from '../core/errors.ts';
import { visibleText } from '../report/visible-text.ts';

/** The lines of an error's message: a config error lists its problems a line each; any other message is one line, whatever it quotes. */
export function visibleLines(message: string, error: unknown): string[] {
  const isList = error instanceof KnownGoodError && error.code === 'config';
  return (isList ? message.split('\n') : [message]).map(visibleText);
}
