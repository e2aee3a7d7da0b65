import { describe, expect, it } from 'vitest';
import { formatExactPercent, formatPercent, formatPercentLimit } from '../../../src/report/percent.ts';

describe('percent', () => {
  it.each([
    [0, '0 %'],
    [1, '100 %'],
    [0.0004, '< 0.1 %'],
    [0.0005, '0.1 %'],
    [0.9996, '> 99.9 %'],
    [0.0226, '2.3 %'],
  ])('%d in a sentence', (share, expected) => {
    expect(formatPercent(share)).toBe(expected);
  });

  it.each([
    [0.02264, undefined, '2.26 %'],
    [0, undefined, '0 %'],
    [0, 0.3, '0 %'],
    [0.3, 0.3, '30.00 %'],
    [0.29999, 0.3, '29.999 %'],
    [0.00001, undefined, '0.001 %'],
    [1e-12, undefined, '0.00000000 %'],
  ])('%d beside %o in a table', (share, limit, expected) => {
    expect(formatExactPercent(share, limit)).toBe(expected);
  });

  it.each([
    [0.3, '30 %'],
    [0.005, '0.5 %'],
    [0.07, '7 %'],
  ])('%d as a limit', (share, expected) => {
    expect(formatPercentLimit(share)).toBe(expected);
  });
});
