/** Both ends are one-sided bounds at `oneSided` confidence, so the pair covers at `2·oneSided − 1`: 0.95 → 0.9. */
export interface Interval {
  low: number;
  high: number;
}

/** Confidence of every one-sided decision. */
export const ONE_SIDED = 0.95;

/** Level of the two-sided interval that reports print beside a one-sided decision. */
export const TWO_SIDED = 0.9;
