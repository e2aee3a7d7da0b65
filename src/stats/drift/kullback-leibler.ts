import { sumOf } from '../compensated-sum.ts';
import type { BinTable } from './bin-table.ts';
import { smoothedShares, type Smoothing } from './smoothed-shares.ts';

/**
 * Kullback–Leibler divergence of the current side from the reference, Σ cᵢ·ln(cᵢ/rᵢ) over the smoothed shares, in nats.
 * ≥ 0 with `half`; with `floor` the shares need not sum to 1, and it can be a little below. Both sides need rows.
 */
export function kullbackLeibler(table: BinTable, smoothing: Smoothing): number {
  const [r, c] = [smoothedShares(table.reference, smoothing), smoothedShares(table.current, smoothing)];
  return sumOf(r.length, (i) => (c[i] as number) * Math.log((c[i] as number) / (r[i] as number)));
}
