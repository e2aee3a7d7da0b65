import type { Verdict } from '../../core/verdict.ts';
import { paragraph, text, type Block } from '../document.ts';

/** What was guessed, one sentence each; nothing where everything was said. */
export function assumptionsSection({ assumptions }: Verdict): Block | undefined {
  if (assumptions.length === 0) return undefined;
  return {
    kind: 'details',
    summary: `Guessed, because nobody said it: ${assumptions.length}`,
    blocks: [
      paragraph('Say it in the config or on the command line where a guess is wrong.'),
      { kind: 'list', items: assumptions.map((sentence) => [text(sentence)]) },
    ],
  };
}
