import type { Stakes } from './stakes.ts';

/** A bet that is never changed: a fraction of the largest bet allowed, and the share of the starting capital that it gets. */
export interface BetShare {
  /** In (0, 1]. */
  fraction: number;
  /** In (0, 1]; those of a table add up to 1. */
  share: number;
}

/**
 * The bets: fractions of the largest bet allowed, and the share of the starting capital that each gets. Falling shares
 * favour the largest bets, which decide where models differ little or losses are rare; the small ones serve long logs.
 */
export const BETS: readonly BetShare[] = betTable(10);

/** log(1 + λ(t − w·m)) of each unit with λ = fraction/m, which is log(1 − fraction·w + fraction·t/m). */
interface Bet {
  fraction: number;
  mean: number;
}

/**
 * Logarithm of the capital that a gambler against "the mean is at most `mean`" has made of 1; it falls as `mean` in [0, 1]
 * grows, and exceeds log(1/α) with probability at most α when the hypothesis is true. Several arrangements of the same
 * data (matchings of rows) share the starting capital evenly.
 */
export function logCapital(
  arrangements: readonly Stakes[],
  mean: number,
  bets: readonly BetShare[] = BETS,
): number {
  if (mean <= 0)
    return arrangements.every((stakes) => stakes.totals.some((total) => total > 0)) ? Infinity : 0;
  const logs = arrangements.flatMap((stakes) =>
    bets.map(({ fraction, share }) => Math.log(share) + logWealth(stakes, { fraction, mean })),
  );
  const largest = Math.max(...logs);
  if (largest === -Infinity) return -Infinity;
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  return largest + Math.log(sum / arrangements.length);
}

/** The largest mean in [0, 1] that the capital disproves at level `alpha`, rounded down by less than 1e-9; 0 when there is none. */
export function capitalBound(arrangements: readonly Stakes[], alpha: number): number {
  return largestDisproved((mean) => logCapital(arrangements, mean) + Math.log(alpha));
}

/**
 * The largest mean in [0, 1] at which `excess`, which falls, is not below 0; rounded down by less than 1e-9; 0 when there is none.
 * Regula falsi (Illinois), halving where the excess is infinite.
 */
export function largestDisproved(excess: (mean: number) => number): number {
  let rejected = { mean: 0, excess: Infinity };
  let open = { mean: 1, excess: excess(1) };
  for (let step = 0; step < 80 && open.mean - rejected.mean > 1e-9; step++) {
    const mean = between(rejected, open);
    const next = { mean, excess: excess(mean) };
    if (next.excess >= 0) {
      rejected = next;
      open = { ...open, excess: open.excess / 2 };
    } else {
      open = next;
      rejected = { ...rejected, excess: rejected.excess / 2 };
    }
  }
  return rejected.mean;
}

interface Probe {
  mean: number;
  excess: number;
}

/** Where the line through both probes crosses 0, kept a little off either; the middle where there is no line. */
function between(rejected: Probe, open: Probe): number {
  const width = open.mean - rejected.mean;
  const share = rejected.excess / (rejected.excess - open.excess);
  if (!(share >= 0 && share <= 1)) return rejected.mean + width / 2;
  return Math.max(
    rejected.mean + Math.min(width / 2, 4e-10),
    Math.min(open.mean - Math.min(width / 2, 4e-10), rejected.mean + share * width),
  );
}

/** Mean and variance per unit of the logarithm by which one bet multiplies its capital. */
export function growth({ totals, weights, counts }: Stakes, bet: Bet): { mean: number; variance: number } {
  let [units, sum, square] = [0, 0, 0];
  for (let i = 0; i < totals.length; i++) {
    const count = counts?.[i] ?? 1;
    const log = Math.log1p(bet.fraction * ((totals[i] as number) / bet.mean - (weights?.[i] ?? 1)));
    units += count;
    sum += count * log;
    square += count * log * log;
  }
  const mean = sum / units;
  return { mean, variance: Math.max(0, square / units - mean * mean) };
}

function logWealth(stakes: Stakes, bet: Bet): number {
  const { totals, weights, counts } = stakes;
  if (counts !== undefined) return growth(stakes, bet).mean * counts.reduce((sum, count) => sum + count, 0);
  const slope = bet.fraction / bet.mean;
  let log = 0;
  let product = 1;
  for (let i = 0; i < totals.length; i++) {
    const weight = weights === undefined ? 1 : (weights[i] as number);
    product *= 1 - bet.fraction * weight + slope * (totals[i] as number);
    // Folded into the logarithm before it leaves the range of doubles: one logarithm for hundreds of rows.
    if (product > 1e-200 && product < 1e200) continue;
    log += Math.log(Math.max(product, 0));
    product = 1;
  }
  return log + Math.log(product);
}

function betTable(length: number): { fraction: number; share: number }[] {
  const weights = Array.from({ length }, (_, k) => 1 / (k + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, k) => ({ fraction: 2 ** -k, share: weight / total }));
}
