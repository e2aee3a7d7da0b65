import { describe, expect, it } from 'vitest';
import {
  betaQuantile,
  binomialCdf,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
} from '../../../src/stats/distributions.ts';
import { incompleteBeta } from '../../../src/stats/incomplete-beta.ts';
import reference from '../../fixtures/stats/distributions.json' with { type: 'json' };

function largestRelativeError(rows: number[][], measure: (...values: number[]) => number): number {
  const errors = rows.map((row) => {
    const expected = row.at(-1) ?? NaN;
    return Math.abs(measure(...row.slice(0, -1)) - expected) / Math.max(Math.abs(expected), 1e-100);
  });
  return Math.max(...errors);
}

describe('distributions equal those of SciPy', () => {
  it('normal quantile, from 1e-9 on', () => {
    const rows = reference.normalQuantile.filter(([p = 0]) => p >= 1e-9 && p !== 0.5);
    expect(largestRelativeError(rows, normalQuantile)).toBeLessThan(1e-9);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
  });

  it('normal distribution function, down to z = −20', () => {
    const rows = reference.normalCdf.filter(([z = 0]) => z >= -20);
    expect(largestRelativeError(rows, normalCdf)).toBeLessThan(1e-10);
  });

  it('Student quantile, 1 to a million degrees of freedom, tails of 1e-6', () => {
    const rows = reference.studentQuantile.filter(([p]) => p !== 0.5);
    expect(largestRelativeError(rows, (p = NaN, df = NaN) => studentQuantile(p, df))).toBeLessThan(1e-10);
    expect(studentQuantile(0.5, 7)).toBe(0);
  });

  it('beta quantile, shapes from ½ to a million, tails of 1e-6', () => {
    const measure = (p = NaN, a = NaN, b = NaN) => betaQuantile(p, a, b);
    expect(largestRelativeError(reference.betaQuantile, measure)).toBeLessThan(1e-11);
  });
});

describe('distribution functions undo the quantiles', () => {
  it.each([1e-6, 0.05, 0.3, 0.95, 1 - 1e-6])('at p = %d', (p) => {
    expect(studentCdf(studentQuantile(p, 12), 12)).toBeCloseTo(p, 12);
    expect(incompleteBeta(betaQuantile(p, 30, 70), 30, 70)).toBeCloseTo(p, 12);
  });

  it('binomial: by hand, and at the ends', () => {
    expect(binomialCdf(1, 3, 0.5)).toBeCloseTo(0.5, 14);
    expect(binomialCdf(0, 10, 0.1)).toBeCloseTo(0.9 ** 10, 14);
    expect(binomialCdf(-1, 3, 0.5)).toBe(0);
    expect(binomialCdf(3, 3, 0.5)).toBe(1);
  });
});
