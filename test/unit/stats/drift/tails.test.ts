import { describe, expect, it } from 'vitest';
import { chiSquareQuantile, chiSquareTail } from '../../../../src/stats/drift/chi-square-distribution.ts';
import { kolmogorovTail } from '../../../../src/stats/drift/kolmogorov-tail.ts';
import reference from '../../../fixtures/stats/drift.json' with { type: 'json' };

function largestRelativeError(rows: number[][], measure: (...values: number[]) => number): number {
  return Math.max(...rows.map((row) => Math.abs(measure(...row.slice(0, -1)) / (row.at(-1) ?? NaN) - 1)));
}

describe('tails equal those of SciPy', () => {
  it('χ², 1 to 20,000 degrees of freedom, down to 1e-290', () => {
    const measure = (x = NaN, df = NaN) => chiSquareTail(x, df);
    expect(largestRelativeError(reference.chiSquareTail, measure)).toBeLessThan(1e-11);
    expect(chiSquareTail(0, 3)).toBe(1);
  });

  it('χ² quantile', () => {
    const measure = (p = NaN, df = NaN) => chiSquareQuantile(p, df);
    expect(largestRelativeError(reference.chiSquareQuantile, measure)).toBeLessThan(1e-12);
  });

  it('Kolmogorov’s limit, on both sides of where its series meet', () => {
    const measure = (x = NaN) => kolmogorovTail(x);
    expect(largestRelativeError(reference.kolmogorovTail, measure)).toBeLessThan(1e-12);
    expect(kolmogorovTail(-1)).toBe(1);
  });
});
