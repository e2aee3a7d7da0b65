import type { Verdict } from '../../core/verdict.ts';
import { checkTable } from '../check-table.ts';
import type { Block } from '../document.ts';
import { findings, resultsOf, tally } from './section.ts';

/** Every measured metric, the declared ones and the comparison with the champion. */
export function measurementsSection(verdict: Verdict): Block | undefined {
  const results = resultsOf(verdict, ['declared', 'champion', 'metrics']);
  if (results.length === 0) return undefined;
  return {
    kind: 'details',
    summary: `Metrics: ${tally(results)}`,
    blocks: [checkTable(results, 'Every metric'), ...findings(results)],
  };
}
