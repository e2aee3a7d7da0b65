import type { Verdict } from '../core/verdict.ts';
import { OUTCOME_SYMBOLS } from './outcome-symbol.ts';
import { headlineText, reasonSentence } from './sections/headline.ts';
import { visibleText } from './visible-text.ts';

/** A verdict on one line of a terminal: symbol, heading, reason. */
export function summaryLine(verdict: Verdict): string {
  return visibleText(
    `${OUTCOME_SYMBOLS[verdict.outcome]} ${headlineText(verdict)}. ${reasonSentence(verdict)}`,
  );
}
