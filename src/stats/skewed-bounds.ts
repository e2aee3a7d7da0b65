import type { Interval } from './interval.ts';

/** An estimate with the first moments of its error. */
export interface SkewedEstimate {
  value: number;
  /** Standard error, > 0. */
  error: number;
  /** Skewness of the estimate itself (of a mean of n values: their skewness ÷ √n). */
  skewness: number;
}

/**
 * Both one-sided bounds of an estimate at the quantile of its studentised error, corrected for skewness by
 * Hall's cubic transformation, which is monotone: where large losses are rare, the bound moves towards them.
 * Source: P. Hall 1992, "On the removal of skewness by transformation", JRSS B 54, the transformation g₁ and its inverse.
 */
export function skewedBounds({ value, error, skewness }: SkewedEstimate, quantile: number): Interval {
  return {
    low: value - error * untransformed(quantile, skewness),
    high: value - error * untransformed(-quantile, skewness),
  };
}

/** The studentised error at a supposed truth, as a normal score: the transformation that `skewedBounds` inverts. */
export function skewedScore({ value, error, skewness: k }: SkewedEstimate, truth: number): number {
  const t = (value - truth) / error;
  return t + (k * t * t) / 3 + (k * k * t * t * t) / 27 + k / 6;
}

function untransformed(quantile: number, skewness: number): number {
  if (Math.abs(skewness) < 1e-9) return quantile;
  return (3 / skewness) * (Math.cbrt(1 + skewness * (quantile - skewness / 6)) - 1);
}
