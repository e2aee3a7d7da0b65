/** Where looks stand: rows now, and rows at which the bounds are tightest. */
export interface Look {
  n: number;
  planned: number;
}

/** nρ² at the planned end: there the half-width is smallest for one-sided 5 %. */
const TUNED = 7;

/**
 * Standard errors that a one-sided bound is away from an asymptotically normal estimate for all looks together to miss with probability
 * `alpha`: 2.78 at the planned end for 5 %, 3.6 at a tenth of it, 5.8 at a fortieth.
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas 2024, "Time-uniform central limit theory and asymptotic confidence sequences",
 * Annals of Statistics 52, the one-sided form of Theorem 2.2, after Robbins 1970.
 */
export function mixtureMultiplier({ n, planned }: Look, alpha: number): number {
  const time = (TUNED * n) / planned;
  return Math.sqrt(((2 * (time + 1)) / time) * Math.log1p(Math.sqrt(time + 1) / (2 * alpha)));
}

/** The level at which an estimate `z` standard errors above a supposed truth just disproves it, at most 1: the inverse of the multiplier. */
export function mixturePValue({ n, planned }: Look, z: number): number {
  const time = (TUNED * n) / planned;
  if (!(z > 0)) return 1;
  return Math.min(1, Math.sqrt(time + 1) / (2 * Math.expm1((z * z * time) / (2 * (time + 1)))));
}
