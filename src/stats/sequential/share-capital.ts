import { BEST_BET_SQUARED } from './bets.ts';

/** How often something was seen, and the rows that looks are planned for. */
export interface Seen {
  count: number;
  n: number;
  planned: number;
}

/** Bets around the best one at the planned end, each twice the one before, and their shares, which halve to both sides. */
const STEPS = Array.from({ length: 21 }, (_, index) => index - 8);
const SHARES = STEPS.map((step) => 2 ** -Math.abs(step));
const TOTAL = SHARES.reduce((sum, share) => sum + share, 0);

/**
 * Logarithm of the capital that a gambler against "the share is at most `share`" in (0, 1) has made of 1 on `count` of n rows. It exceeds log(1/α)
 * at any look with probability at most α while the hypothesis is true. Each supposed share says how much a row varies: so the bets can be put around the best one at
 * the planned end, where the bound is as tight as a normal mixture tuned to it (2.8 deviations).
 */
export function shareCapital(share: number, { count, n, planned }: Seen): number {
  const best = Math.sqrt((BEST_BET_SQUARED * share) / ((1 - share) * planned));
  let sum = 0;
  let largest = -Infinity;
  const logs = STEPS.map((step) => {
    const fraction = Math.min(1, best * 2 ** step);
    const won = count === 0 ? 0 : count * Math.log1p((fraction * (1 - share)) / share);
    const lost = n === count ? 0 : (n - count) * Math.log1p(-fraction);
    largest = Math.max(largest, won + lost);
    return won + lost;
  });
  if (!Number.isFinite(largest)) return largest;
  logs.forEach((log, index) => (sum += (SHARES[index] as number) * Math.exp(log - largest)));
  return largest + Math.log(sum / TOTAL);
}
