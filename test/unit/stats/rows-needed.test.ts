import { describe, expect, it } from 'vitest';
import { compareCounts } from '../../../src/stats/compare-accuracy.ts';
import { compareMean, lossUnits } from '../../../src/stats/compare-mean.ts';
import {
  growthByError,
  growthByInterval,
  rowsNeeded,
  unitsByBetting,
} from '../../../src/stats/rows-needed.ts';
import { stakesOf } from '../../../src/stats/stakes.ts';

describe('rows needed', () => {
  it('by standard error: (1.645 + 0.842)² squared errors a gap', () => {
    expect(growthByError(0.01, 0.01)).toBeCloseTo(6.1826, 3);
    expect(growthByError(0, 0.01)).toBeUndefined();
    expect(growthByError(-0.01, 0.01)).toBeUndefined();
  });

  it('by an interval that reaches over a limit, from the side that must clear it', () => {
    const interval = { low: 0.74, high: 0.79 };
    const error = (0.76 - 0.74) / 1.6448536;
    expect(growthByInterval(0.76, 0.75, { interval, side: 'low' })).toBeCloseTo(
      6.1826 * (error / 0.01) ** 2,
      3,
    );
    expect(growthByInterval(0.76, 0.77, { interval, side: 'high' })).toBeCloseTo(
      6.1826 * (0.03 / 1.6448536 / 0.01) ** 2,
      3,
    );
    expect(growthByInterval(0.75, 0.75, { interval, side: 'low' })).toBeUndefined();
  });

  it('by betting: log(20 ÷ share) ÷ log(1 + gain) where nothing varies', () => {
    const units = unitsByBetting(stakesOf(Float64Array.of(0.5, 0.5)), 0.495);
    expect(units).toBeCloseTo(-Math.log(0.05 / 2.9289682539682538) / Math.log(0.5 / 0.495), 6);
    expect(unitsByBetting(stakesOf(Float64Array.of(0.4, 0.5)), 0.495)).toBeUndefined();
  });

  it('is more than there are, whole, and absent where no number would do', () => {
    expect(rowsNeeded(100, 0.5)).toBe(101);
    expect(rowsNeeded(100, 2.345)).toBe(235);
    expect(rowsNeeded(100, undefined)).toBeUndefined();
    expect(rowsNeeded(100, 1e12)).toBeUndefined();
  });

  it('accuracy: so many rows of the same kind do pass', () => {
    const margin = 0.02;
    const first = { championOnly: 8, challengerOnly: 7, n: 300 };
    const growth = compareCounts(first, margin).growthNeeded ?? NaN;
    const more = {
      championOnly: Math.round(8 * growth),
      challengerOnly: Math.round(7 * growth),
      n: Math.round(300 * growth),
    };
    expect(compareCounts(first, margin).interval.high).toBeGreaterThan(margin);
    expect(compareCounts(more, margin).interval.high).toBeLessThanOrEqual(margin);
  });

  it('means: so many rows of the same kind do pass', () => {
    const kind = (n: number): Float64Array =>
      Float64Array.from({ length: n }, (_, row) => 0.1 * Math.sin(row * row));
    const margin = 0.02;
    const bound = compareMean(lossUnits(kind(120), 1, undefined), margin);
    const more = Math.ceil(120 * (bound.growthNeeded ?? NaN));
    expect(bound.interval.high).toBeGreaterThan(margin);
    expect(compareMean(lossUnits(kind(more), 1, undefined), margin).interval.high).toBeLessThanOrEqual(
      margin,
    );
  });
});
