import type { DriftResult } from './drift-result.ts';

/** Chance alone gives a p-value below this once in a hundred times, as it does with a PSI above the noise floor. */
const CHANCE = 0.01;

/**
 * Holds the PSI of a feature against a limit: `beyond` where it is above it and chance does not explain that (above the noise floor and,
 * for values that are counted one by one, by the test of homogeneity too); `within` where it is at most the limit and drift of that size would
 * have shown; else `unproved`.
 */
export function psiAgainst(
  { psi, noiseFloor, kind, chiSquare }: DriftResult,
  limit: number,
): 'within' | 'beyond' | 'unproved' {
  if (psi === undefined || noiseFloor === undefined) return 'unproved';
  if (psi <= limit) return noiseFloor <= limit ? 'within' : 'unproved';
  const shown = kind === 'numeric' || (chiSquare !== undefined && chiSquare.p <= CHANCE);
  return psi > noiseFloor && shown ? 'beyond' : 'unproved';
}
