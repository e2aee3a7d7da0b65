import { benjaminiHochberg } from '../benjamini-hochberg.ts';
import type { DriftResult } from './drift-result.ts';

/**
 * The p-values of many features, adjusted by Benjamini–Hochberg over those that have one; the others stay undefined. Order as given.
 */
export function adjustAcrossFeatures(results: readonly Pick<DriftResult, 'p'>[]): (number | undefined)[] {
  const known = results.flatMap(({ p }) => (p === undefined ? [] : [p]));
  const adjusted = benjaminiHochberg(known).values();
  return results.map(({ p }) => (p === undefined ? undefined : adjusted.next().value));
}
