import { deviationOfSorted, quantileOfSorted, type SortedValues } from './sorted-values.ts';

/** The first Wasserstein distance: how far a value moves on average. */
export interface Wasserstein {
  /** In the feature's unit. */
  raw: number;
  /** In robust standard deviations of the reference; undefined where it has no spread and the distance is not 0. */
  normalised: number | undefined;
}

/** Quartiles of a normal distribution are so many standard deviations apart. */
const QUARTILES_APART = 1.349;

/**
 * The distance `area` = ∫ |F − G| as it is and divided by the reference's interquartile range/1.349, or by its standard deviation
 * where the quartiles are equal. Undefined where doubles cannot hold it.
 */
export function wasserstein(area: number, reference: SortedValues): Wasserstein | undefined {
  if (!Number.isFinite(area)) return undefined;
  if (area === 0) return { raw: 0, normalised: 0 };
  const normalised = area / scaleOf(reference);
  return { raw: area, normalised: Number.isFinite(normalised) ? normalised : undefined };
}

function scaleOf(reference: SortedValues): number {
  const robust = (quantileOfSorted(reference, 0.75) - quantileOfSorted(reference, 0.25)) / QUARTILES_APART;
  return robust > 0 ? robust : deviationOfSorted(reference);
}
