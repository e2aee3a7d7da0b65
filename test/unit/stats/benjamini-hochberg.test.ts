import { describe, expect, it } from 'vitest';
import { benjaminiHochberg } from '../../../src/stats/benjamini-hochberg.ts';
import reference from '../../fixtures/stats/paired.json' with { type: 'json' };

describe('Benjamini–Hochberg', () => {
  it.each(reference.benjaminiHochberg)(
    'equals scipy.stats.false_discovery_control for $p',
    ({ p, adjusted }) => {
      benjaminiHochberg(p).forEach((value, i) => expect(value).toBeCloseTo(adjusted[i] as number, 14));
    },
  );

  it('keeps ties tied, and an empty list empty', () => {
    expect(new Set(benjaminiHochberg([0.04, 0.04, 0.04])).size).toBe(1);
    expect(benjaminiHochberg([])).toEqual([]);
  });

  it.each([NaN, -0.01, 1.01, Infinity])('refuses %f', (p) => {
    expect(() => benjaminiHochberg([0.5, p])).toThrow('Not a p-value');
  });
});
