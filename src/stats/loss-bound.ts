import type { Interval } from './interval.ts';

/** What a method can say about the loss. */
export interface LossBound {
  /** Of the loss, both ends one-sided at 95 %. */
  interval: Interval;
  method: string;
  /** p-value of "the loss is at most the margin". */
  pHarm: number;
  /** Independent units (rows, clusters), in all, that would probably settle a hold, as a multiple of those at hand. */
  growthNeeded: number | undefined;
  /** No difference at all was seen between the two, although their bytes differ. */
  noVariance: boolean;
  /** Even without any difference so many units would not have proved a pass. */
  tooFew: boolean;
}
