import type { Confusion } from './confusion.ts';

/** Share of the positive rows that were decided positive, in [0, 1]; NaN (not 0) when there is no positive row. */
export function recall({ truePositives, falseNegatives }: Confusion): number {
  return truePositives / (truePositives + falseNegatives);
}
