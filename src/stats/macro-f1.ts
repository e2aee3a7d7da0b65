import type { MulticlassSample } from '../core/task.ts';
import { classCounts } from './confusion.ts';

/**
 * F1 of each of k classes against the rest, in [0, 1], with its number of labels.
 * NaN for a class that neither labels nor decisions have.
 */
export function perClassF1(sample: MulticlassSample): { f1: number; labelled: number }[] {
  const { labelled, decided, right } = classCounts(sample);
  return Array.from(labelled, (count, index) => ({
    f1: (2 * (right[index] ?? NaN)) / (count + (decided[index] ?? NaN)),
    labelled: count,
  }));
}

/** Mean of the per-class F1 over the classes that labels or decisions have, in [0, 1]; NaN for no rows. */
export function macroF1(sample: MulticlassSample): number {
  const defined = perClassF1(sample).filter((entry) => !Number.isNaN(entry.f1));
  return defined.reduce((sum, entry) => sum + entry.f1, 0) / defined.length;
}
