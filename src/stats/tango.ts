import { normalCdf, normalQuantile } from './distributions.ts';
import { ONE_SIDED, type Interval } from './interval.ts';

/** Discordant counts of two classifiers on the same n rows. */
export interface Discordance {
  /** Rows that only the champion gets right. */
  championOnly: number;
  /** Rows that only the challenger gets right. */
  challengerOnly: number;
  /** All rows, n ≥ 1. */
  n: number;
}

/**
 * Rows by which the score's distance is shortened: 1, and 2 where every row is discordant, since the difference then moves in steps of
 * two. Without it wrong passes reach 6.9 % (n = 52) and false fails 8.9 % (n = 500); with 1 everywhere, 5.3 % (n = 20, margin 0.39). As it is
 * both stay below 5 %, enumerated exactly on a grid of margins and discordances for 15 n from 20 to 2,000.
 */
function continuityOf({ championOnly, challengerOnly, n }: Discordance): number {
  return championOnly + challengerOnly === n ? 2 : 1;
}

/**
 * Score statistic of "the champion's accuracy minus the challenger's is `loss`", standard normal under it for large n;
 * it falls as `loss` in (−1, 1) grows. `shift` rows are added to the distance. Source: Tango 1998, Statistics in Medicine 17, eq. 12–14.
 */
export function tangoScore(
  { championOnly: b, challengerOnly: c, n }: Discordance,
  loss: number,
  shift = 0,
): number {
  const linear = -b - c + (2 * n - b + c) * loss;
  const constant = -c * loss * (1 - loss);
  const share = (Math.sqrt(Math.max(0, linear * linear - 8 * n * constant)) - linear) / (4 * n);
  const distance = b - c - n * loss + shift;
  const variance = n * (2 * share + loss * (1 - loss));
  if (variance > 0) return distance / Math.sqrt(variance);
  return distance === 0 ? 0 : distance * Infinity;
}

/**
 * p-value of "the loss is at most `loss`": the normal tail of the score after a correction for continuity.
 * 0 and 1 for losses beyond −1 and 1.
 */
export function tangoPValue(counts: Discordance, loss: number, continuity = continuityOf(counts)): number {
  if (loss <= -1) return 0;
  return loss >= 1 ? 1 : normalCdf(-tangoScore(counts, loss, -continuity));
}

/**
 * Both one-sided 95 % bounds of the loss in accuracy, in [−1, 1], after a correction for continuity (rows; 0 gives Tango's own
 * interval). By halving; rounded outwards by less than 1e-12.
 */
export function tangoInterval(counts: Discordance, continuity = continuityOf(counts)): Interval {
  const mirrored = { ...counts, championOnly: counts.challengerOnly, challengerOnly: counts.championOnly };
  return { low: -upperBound(mirrored, continuity), high: upperBound(counts, continuity) };
}

function upperBound(counts: Discordance, continuity: number): number {
  const quantile = -normalQuantile(ONE_SIDED);
  let open = (counts.championOnly - counts.challengerOnly) / counts.n;
  let disproved = 1;
  for (let step = 0; step < 42; step++) {
    const middle = (open + disproved) / 2;
    if (tangoScore(counts, middle, continuity) <= quantile) disproved = middle;
    else open = middle;
  }
  return disproved;
}
