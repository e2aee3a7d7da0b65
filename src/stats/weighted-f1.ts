import type { MulticlassSample } from '../core/task.ts';
import { perClassF1 } from './macro-f1.ts';

/** Mean of the per-class F1 weighted by the number of labels of each class, in [0, 1]; NaN for no rows. */
export function weightedF1(sample: MulticlassSample): number {
  const present = perClassF1(sample).filter((entry) => entry.labelled > 0);
  return present.reduce((sum, entry) => sum + entry.f1 * entry.labelled, 0) / sample.labels.length;
}
