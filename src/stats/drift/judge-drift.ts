import type { DriftSettings } from './drift-settings.ts';

/** What the PSI says of a feature; `undecided` is never a pass. */
export type Judgement = 'stable' | 'investigate' | 'alert' | 'undecided';

/** Why a feature is undecided. */
export type UndecidedReason =
  /** The reference has no rows: a new feature. */
  | 'no-reference-rows'
  | 'no-current-rows'
  /** One side has numbers, the other texts; nothing was measured. */
  | 'types-differ'
  /** The reference has rows, but no usable value among them, and nothing else changed. */
  | 'no-reference-values'
  /** Chance alone could reach the lower limit, or has not been ruled out as the reason for reaching it. */
  | 'too-few-rows';

/** A judgement, and what it lacks where it is undecided. */
export interface Judged {
  judgement: Judgement;
  reason: UndecidedReason | undefined;
}

/** What a feature with rows on both sides is judged on. */
export interface DriftEvidence {
  psi: number;
  noiseFloor: number;
  /**
   * p of the homogeneity test of the same bins; undefined where it could not be made. Bins cut at quantiles have none, and need none:
   * `unneeded`.
   */
  homogeneity: number | undefined | 'unneeded';
}

const CHANCE = 0.01;

/**
 * Judges a PSI. At or above a limit *and* beyond chance it is `investigate` or `alert`, however few the rows. Beyond chance is above the noise
 * floor, and where bins are values also a homogeneity test of p ≤ 0.01: with a long tail of rare values PSI is above
 * the floor nearly half the time without any drift (100 against 5,000 rows). It is stable only below the lower limit, and only if the floor
 * is below that too, so that drift of that size would have shown.
 */
export function judgeDrift({ psi, noiseFloor, homogeneity }: DriftEvidence, limits: DriftSettings): Judged {
  const tested = homogeneity === 'unneeded' || (homogeneity !== undefined && homogeneity <= CHANCE);
  const beyondChance = psi > noiseFloor && tested;
  if (beyondChance && psi >= limits.alert) return { judgement: 'alert', reason: undefined };
  if (beyondChance && psi >= limits.investigate) return { judgement: 'investigate', reason: undefined };
  if (Math.max(psi, noiseFloor) < limits.investigate) return { judgement: 'stable', reason: undefined };
  return { judgement: 'undecided', reason: 'too-few-rows' };
}
