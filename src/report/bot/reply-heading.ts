import type { Outcome } from '../../core/outcome.ts';
import { text, type Block } from '../document.ts';
import { OUTCOME_SYMBOLS } from '../outcome-symbol.ts';

/** The first line of a reply: what happened, in words that are seen from afar, and where it stands. */
export function replyHeading(tone: Outcome, words: string, rest: string): Block {
  return { kind: 'heading', level: 1, inlines: [text(`${OUTCOME_SYMBOLS[tone]} ${words} — ${rest}`)] };
}
