import { describe, expect, it } from 'vitest';
import { bettingInterval, pValueOf, scaledStakes } from '../../../src/stats/betting.ts';
import { BETS, logCapital } from '../../../src/stats/capital.ts';
import { seededRandom } from '../../../src/stats/random.ts';
import { stakesOf } from '../../../src/stats/stakes.ts';
import reference from '../../fixtures/stats/paired.json' with { type: 'json' };

const UNIT = { low: 0, high: 1 };

describe('betting', () => {
  it.each(reference.betting)(
    'equals numpy: interval and capital',
    ({ values, interval, logCapital: capitals }) => {
      const sample = Float64Array.from(values);
      const { low, high } = bettingInterval(sample, UNIT, 0.05);
      expect(low).toBeCloseTo(interval[0] as number, 8);
      expect(high).toBeCloseTo(interval[1] as number, 8);
      expect(low).toBeLessThanOrEqual(interval[0] as number);
      expect(high).toBeGreaterThanOrEqual(interval[1] as number);
      for (const [mean, log] of capitals)
        expect(logCapital([stakesOf(sample)], mean as number)).toBeCloseTo(log as number, 9);
    },
  );

  it('spends the starting capital exactly once', () => {
    expect(BETS.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 14);
  });

  it('does not depend on the order of the values', () => {
    const random = seededRandom(3);
    const values = Float64Array.from({ length: 500 }, () => random.uniform() ** 2);
    const sorted = bettingInterval(values.slice().sort(), UNIT, 0.05);
    const given = bettingInterval(values, UNIT, 0.05);
    expect(sorted.low).toBeCloseTo(given.low, 8);
    expect(sorted.high).toBeCloseTo(given.high, 8);
  });

  it('counts repeated values without changing the result', () => {
    const values = Float64Array.from({ length: 300 }, (_, i) => (i % 7) / 7);
    const counted = logCapital([stakesOf(values)], 0.3);
    const plain = logCapital([{ totals: values, weights: undefined, counts: undefined }], 0.3);
    expect(counted).toBeCloseTo(plain, 9);
    expect(stakesOf(values).totals).toHaveLength(7);
  });

  it('agrees with its own test at both ends', () => {
    const values = Float64Array.from({ length: 60 }, (_, i) => ((i * 37) % 60) / 100);
    const range = { low: -1, high: 2 };
    const { low } = bettingInterval(values, range, 0.05);
    const pValue = (mean: number) => pValueOf([scaledStakes(values, range)], range, mean);
    expect(pValue(low)).toBeLessThanOrEqual(0.05);
    expect(pValue(low + 1e-8)).toBeGreaterThan(0.05);
    expect(pValue(-1.5)).toBe(0);
  });

  it('says nothing where nothing was seen', () => {
    expect(bettingInterval(new Float64Array(0), { low: -2, high: 3 }, 0.05)).toEqual({ low: -2, high: 3 });
    expect(pValueOf([scaledStakes(new Float64Array(0), UNIT)], UNIT, 0.5)).toBeCloseTo(1, 12);
  });

  it.each([[1.1], [-0.1], [NaN], [Infinity]])('refuses %f outside the range', (value) => {
    expect(() => bettingInterval(Float64Array.of(0.5, value), UNIT, 0.05)).toThrow('outside their range');
  });

  it('stays finite for many values whose product leaves double range', () => {
    const values = new Float64Array(20_000).map((_, i) => 0.5 + 0.4 * Math.sin(i));
    const { low, high } = bettingInterval(values, UNIT, 0.05);
    expect(low).toBeGreaterThan(0.48);
    expect(high).toBeLessThan(0.52);
  });
});
