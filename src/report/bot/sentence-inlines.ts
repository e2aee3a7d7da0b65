import { code, text, type Inline } from '../document.ts';
import { WRITTEN_COMMAND } from './comment-command.ts';

const DIGEST = /(sha256:[0-9a-f]{12,64})/;
const TIME = /(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}(?:\.\d+)?Z/g;

/**
 * A sentence of the engine for readers of comments: what it says to type in a terminal is written as a comment where comments can do it,
 * times are readable, digests are code.
 */
export function sentenceInlines(sentence: string): Inline[] {
  const written = sentence.replace(WRITTEN_COMMAND, '/').replace(TIME, '$1 $2 UTC');
  return written
    .split(DIGEST)
    .flatMap((part, i) => (part === '' ? [] : [i % 2 === 1 ? code(part) : text(part)]));
}
