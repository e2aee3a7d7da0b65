import { sumOf } from '../compensated-sum.ts';
import type { BinTable } from './bin-table.ts';
import { smoothedShares, type Smoothing } from './smoothed-shares.ts';

/**
 * Population stability index, Σ (cᵢ − rᵢ)·ln(cᵢ/rᵢ) over the smoothed shares, in nats, ≥ 0: the sum of both Kullback–Leibler
 * divergences. Both sides need rows. Source: Siddiqi 2006, Credit Risk Scorecards; Jeffreys 1946.
 */
export function psi(table: BinTable, smoothing: Smoothing): number {
  const [r, c] = [smoothedShares(table.reference, smoothing), smoothedShares(table.current, smoothing)];
  return sumOf(
    r.length,
    (i) => ((c[i] as number) - (r[i] as number)) * Math.log((c[i] as number) / (r[i] as number)),
  );
}
