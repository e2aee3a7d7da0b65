import type { Confusion } from './confusion.ts';

/** Share of the positive decisions that are right, in [0, 1]; NaN (not 0) when nothing was decided positive. */
export function precision({ truePositives, falsePositives }: Confusion): number {
  return truePositives / (truePositives + falsePositives);
}
