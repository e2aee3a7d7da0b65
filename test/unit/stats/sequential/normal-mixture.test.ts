import { describe, expect, it } from 'vitest';
import { mixtureMultiplier, mixturePValue } from '../../../../src/stats/sequential/normal-mixture.ts';

describe('the normal mixture', () => {
  it('is the half-width of the paper, in standard errors', () => {
    const [n, planned, alpha] = [2500, 10_000, 0.05];
    const square = 7 / planned;
    const width = Math.sqrt(
      ((2 * (n * square + 1)) / (n * n * square)) * Math.log(1 + Math.sqrt(n * square + 1) / (2 * alpha)),
    );
    expect(mixtureMultiplier({ n, planned }, alpha)).toBeCloseTo(width * Math.sqrt(n), 12);
  });

  it('is tightest near the planned end', () => {
    const at = (share: number): number => mixtureMultiplier({ n: 10_000 * share, planned: 10_000 }, 0.05);
    expect(at(1)).toBeCloseTo(2.778, 3);
    expect([at(0.8), at(1.25)].every((other) => other > at(1))).toBe(true);
    expect([at(0.1), at(0.025)]).toEqual([expect.closeTo(3.58, 2), expect.closeTo(5.76, 2)]);
  });

  it.each([0.05, 0.001, 1e-12])('its p-value is the level of its multiplier: %f', (alpha) => {
    for (const n of [100, 1000, 50_000]) {
      const look = { n, planned: 5000 };
      expect(mixturePValue(look, mixtureMultiplier(look, alpha)) / alpha).toBeCloseTo(1, 9);
      expect([mixturePValue(look, 0), mixturePValue(look, -3), mixturePValue(look, 0.01)]).toEqual([1, 1, 1]);
    }
  });
});
