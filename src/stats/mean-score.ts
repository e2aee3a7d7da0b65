import type { ScoreSample } from '../core/task.ts';
import { meanOf } from './compensated-sum.ts';

/** Mean of the per-item scores, in their own unit; NaN for no rows. */
export function meanScore({ scores }: ScoreSample): number {
  return meanOf(scores.length, (row) => scores[row] ?? NaN);
}
