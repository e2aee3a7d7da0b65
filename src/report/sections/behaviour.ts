import type { Verdict } from '../../core/verdict.ts';
import type { Block } from '../document.ts';
import { resultsOf, sentenceTable, tally } from './section.ts';

/** How the model behaves: smoke, determinism, golden rows, label output. */
export function behaviourSection(verdict: Verdict): Block | undefined {
  const results = resultsOf(verdict, ['smoke', 'determinism', 'golden', 'label-output']);
  if (results.length === 0) return undefined;
  return {
    kind: 'details',
    summary: `Smoke, determinism, golden rows: ${tally(results)}`,
    blocks: [sentenceTable(results, 'How the model behaves')],
  };
}
