import type { Verdict } from '../../core/verdict.ts';
import type { Block } from '../document.ts';
import { resultsOf, sentenceTable, tally } from './section.ts';

/** What was handed in: structure, signature, manifest and data. */
export function contractSection(verdict: Verdict): Block | undefined {
  const results = resultsOf(verdict, ['gates', 'structure', 'signature', 'manifest', 'data']);
  if (results.length === 0) return undefined;
  return {
    kind: 'details',
    summary: `Structure, signature, manifest, data: ${tally(results)}`,
    blocks: [sentenceTable(results, 'What was handed in')],
  };
}
