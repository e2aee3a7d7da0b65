import type { BinTable } from './bin-table.ts';
import { chiSquareQuantile } from './chi-square-distribution.ts';

const CONFIDENCE = 0.99;

/**
 * The PSI that two samples of one distribution stay below 99 times in 100: χ²(B − 1; 0.99)·(1/n + 1/m), as PSI is to first order a
 * χ² of that scale. At 10 bins and 100 rows a side it is 0.43, well above the customary limit of 0.1. A table of one bin counts as two,
 * or a single row would prove a constant. Rare values exceed it more often, see `judgeDrift`. Both sides need rows.
 * Source: Yurdakul & Naranjo 2020, J. Risk Model Validation 14.
 */
export function noiseFloor({ reference, n, m }: BinTable): number {
  return chiSquareQuantile(CONFIDENCE, Math.max(1, reference.length - 1)) * (1 / n + 1 / m);
}
