import type { Verdict } from '../core/verdict.ts';
import { OUTCOME_SYMBOLS } from './outcome-symbol.ts';
import { changedGates, headlineText, reasonSentence } from './sections/headline.ts';
import { visibleText } from './visible-text.ts';

/** A verdict on one line of a terminal: symbol, heading, what it edits of its own gates, reason. */
export function summaryLine(verdict: Verdict): string {
  const cautions = changedGates(verdict).map(({ message }) => message);
  return visibleText(
    `${OUTCOME_SYMBOLS[verdict.outcome]} ${[`${headlineText(verdict)}.`, ...cautions, reasonSentence(verdict)].join(' ')}`,
  );
}
