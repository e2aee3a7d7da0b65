import { describe, expect, it } from 'vitest';
import { compareCounts } from '../../../src/stats/compare-accuracy.ts';
import { tangoInterval, tangoPValue } from '../../../src/stats/tango.ts';
import reference from '../../fixtures/stats/paired.json' with { type: 'json' };

describe('Tango score interval', () => {
  it.each(reference.tango)(
    'equals the score test with a numerical constrained maximum likelihood',
    (counts) => {
      const { low, high } = tangoInterval(counts, 0);
      expect(low).toBeCloseTo(counts.interval[0] as number, 6);
      expect(high).toBeCloseTo(counts.interval[1] as number, 6);
    },
  );

  it.each(reference.tango)(
    'is wider with the correction for continuity, and agrees with its p-value',
    (counts) => {
      const plain = tangoInterval(counts, 0);
      const { low, high } = tangoInterval(counts);
      expect(low).toBeLessThan(plain.low);
      expect(high).toBeGreaterThan(plain.high);
      expect(tangoPValue(counts, low)).toBeCloseTo(0.05, 6);
      expect(tangoPValue(counts, low + 0.01)).toBeGreaterThan(0.05);
    },
  );

  it('is antisymmetric in the two models', () => {
    const one = tangoInterval({ championOnly: 12, challengerOnly: 5, n: 90 });
    const other = tangoInterval({ championOnly: 5, challengerOnly: 12, n: 90 });
    expect([other.low, other.high]).toEqual([-one.high, -one.low]);
  });

  it('leaves complete agreement to the exact bound 1 − 0.05^(1/n)', () => {
    const { interval, method } = compareCounts({ championOnly: 0, challengerOnly: 0, n: 59 }, 0.05);
    expect(method).toBe('agreement');
    expect(interval.high).toBeCloseTo(1 - 0.05 ** (1 / 59), 12);
  });

  it('corrects by two rows where every row is discordant, by one otherwise', () => {
    const all = { championOnly: 10, challengerOnly: 10, n: 20 };
    expect(tangoInterval(all)).toEqual(tangoInterval(all, 2));
    expect(tangoPValue(all, -0.3)).toBe(tangoPValue(all, -0.3, 2));
    const most = { ...all, n: 21 };
    expect(tangoInterval(most)).toEqual(tangoInterval(most, 1));
  });

  it.each([
    [{ championOnly: 20, challengerOnly: 0, n: 20 }, 1],
    [{ championOnly: 0, challengerOnly: 20, n: 20 }, -1],
  ])('stays in [−1, 1] at complete disagreement', (counts, end) => {
    const { low, high } = tangoInterval(counts);
    expect(end > 0 ? high : low).toBeCloseTo(end, 9);
    expect(high - low).toBeGreaterThan(0.05);
  });
});
