import type { Outcome } from '../core/outcome.ts';

/** One character for each outcome, always shown beside the word: ✔ pass, ◐ hold, ! error, ✖ fail. */
export const OUTCOME_SYMBOLS: Readonly<Record<Outcome, string>> = {
  pass: '✔',
  hold: '◐',
  error: '!',
  fail: '✖',
};
