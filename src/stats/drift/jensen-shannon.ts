import { sumOf } from '../compensated-sum.ts';
import type { BinTable } from './bin-table.ts';

/**
 * Jensen–Shannon distance (the root of the divergence) in base 2, of the shares as they are: 0 for equal shares, 1 where no bin
 * is filled on both sides. Both sides need rows. Source: Endres & Schindelin 2003, IEEE Trans. Inf. Theory 49.
 */
export function jensenShannon({ reference, current, n, m }: BinTable): number {
  const divergence = sumOf(reference.length, (i) => {
    const [r, c] = [(reference[i] as number) / n, (current[i] as number) / m];
    const middle = (r + c) / 2;
    return towards(r, middle) + towards(c, middle);
  });
  return Math.sqrt(Math.min(1, Math.max(0, divergence / 2)));
}

function towards(share: number, middle: number): number {
  return share === 0 ? 0 : share * Math.log2(share / middle);
}
