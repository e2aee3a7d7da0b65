import { describe, expect, it } from 'vitest';
import { bettingInterval } from '../../../src/stats/betting.ts';
import { closedForm } from '../../../src/stats/closed-form.ts';
import { momentsOfMean } from '../../../src/stats/delong.ts';
import { studentQuantile } from '../../../src/stats/distributions.ts';
import { meanInterval } from '../../../src/stats/mean-interval.ts';
import { skewedBounds, skewedScore } from '../../../src/stats/skewed-bounds.ts';
import { seededRandom } from '../../../src/stats/random.ts';
import reference from '../../fixtures/stats/paired.json' with { type: 'json' };

const UNIT = { low: 0, high: 1 };

describe('closed form', () => {
  it.each(reference.student)('moments and t interval equal SciPy', (expected) => {
    const { mean, variance, third } = momentsOfMean(Float64Array.from(expected.values));
    expect(mean).toBeCloseTo(expected.mean, 12);
    expect(variance).toBeCloseTo(expected.variance, 12);
    expect(third).toBeCloseTo(expected.third, 12);
    const quantile = studentQuantile(0.95, expected.values.length - 1);
    const { low, high } = skewedBounds({ value: mean, error: Math.sqrt(variance), skewness: 0 }, quantile);
    expect(low).toBeCloseTo(expected.interval[0] as number, 9);
    expect(high).toBeCloseTo(expected.interval[1] as number, 9);
  });

  it.each(reference.hall)('bounds invert the transformation', (expected) => {
    const { low, high } = skewedBounds(expected, expected.quantile);
    expect(low).toBeCloseTo(expected.interval[0] as number, 9);
    expect(high).toBeCloseTo(expected.interval[1] as number, 9);
    expect(skewedScore(expected, low)).toBeCloseTo(expected.quantile, 8);
  });

  it('steps aside where the spread is less than two of the largest steps, or unknown', () => {
    const input = { value: 0, third: 0, step: 0.01, n: 2000 };
    expect(closedForm({ ...input, variance: 1.9e-4 })).toBeUndefined();
    expect(closedForm({ ...input, variance: 0 })).toBeUndefined();
    expect(closedForm({ ...input, variance: NaN })).toBeUndefined();
    expect(closedForm({ ...input, variance: Infinity })).toBeUndefined();
    expect(closedForm({ ...input, variance: 2.1e-4 })?.pValue(0)).toBeCloseTo(0.5, 9);
  });
});

describe('meanInterval', () => {
  const random = seededRandom(11);
  const wide = Float64Array.from({ length: 3000 }, () => random.uniform());

  it('bets below 1,000 rows and where the spread is small beside the range', () => {
    const few = wide.subarray(0, 999);
    const still = wide.map((value) => 0.5 + value / 100);
    expect(meanInterval(few, UNIT)).toEqual({
      interval: bettingInterval(few, UNIT, 1 - 0.95),
      method: 'betting',
    });
    expect(meanInterval(still, UNIT).method).toBe('betting');
  });

  it('uses the closed form otherwise: near the t interval where nothing is skewed', () => {
    const { interval, method } = meanInterval(wide, UNIT);
    const { mean, variance } = momentsOfMean(wide);
    expect(method).toBe('t with skewness correction');
    expect(interval.high).toBeCloseTo(mean + 1.6454 * Math.sqrt(variance), 3);
    expect(interval.low).toBeCloseTo(mean - 1.6454 * Math.sqrt(variance), 3);
  });

  it('refuses values outside the range at any n', () => {
    expect(() => meanInterval(wide, { low: 0, high: 0.9 })).toThrow('outside their range');
  });

  it('is the whole range without values', () => {
    expect(meanInterval(new Float64Array(0), { low: -1, high: 4 }).interval).toEqual({ low: -1, high: 4 });
  });
});
