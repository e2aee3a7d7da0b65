import type { BetShare } from '../capital.ts';

/** Rows that looks are planned for when nobody says otherwise. */
export const DEFAULT_PLANNED = 10_000;

/** 2·log(1/α) and a little for what the mixture costs: the square of a good bet's fraction times the variance of the sum bet on. */
export const BEST_BET_SQUARED = 8;

/** Bets beyond the plan: they halve with each, so that even 60,000 times as many rows find a bet that is small enough. */
const LATER_BETS = 8;

/**
 * Constant bets that serve every look up to `planned` rows alike: halving fractions from 1 down to the best one for that many rows of
 * the largest variance there is, with equal shares; smaller ones get halving shares. How much values vary is not known before, so that any of the fractions may be the best.
 * Within the plan an interval of n values with deviation s is ± 3.0 to 3.1 s/√n wide at whatever n, where that of one look takes 1.64.
 */
export function betsFor(planned: number): readonly BetShare[] {
  const within = 1 + Math.max(0, Math.round(Math.log2(planned / BEST_BET_SQUARED) / 2));
  const weights = Array.from({ length: within + LATER_BETS }, (_, k) => 2 ** -Math.max(0, k - within + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, k) => ({ fraction: 2 ** -k, share: weight / total }));
}
