import { describe, expect, it } from 'vitest';
import { quantileRanks } from '../../../../src/stats/quantile.ts';
import { quantileRanksAtEveryLook, type Ranks } from '../../../../src/stats/sequential/quantile-ranks.ts';
import { ratioInterval } from '../../../../src/stats/sequential/ratio-interval.ts';
import { shareCapital } from '../../../../src/stats/sequential/share-capital.ts';

describe('quantileRanksAtEveryLook', () => {
  it.each([
    [0.5, 11],
    [0.95, 105],
    [0.99, 455],
  ])('of %f: none before %i values', (fraction, first) => {
    expect(quantileRanksAtEveryLook({ n: first - 1, fraction })).toBeUndefined();
    expect(quantileRanksAtEveryLook({ n: first, fraction })?.high).toBe(first);
  });

  it.each([0.5, 0.95, 0.99])(
    'of %f: around the ranks of one look, and as close together as they can be',
    (fraction) => {
      for (const n of [600, 10_000, 10_000_000]) {
        const ranks = quantileRanksAtEveryLook({ n, fraction }) as Ranks;
        const once = quantileRanks(n, fraction) as Ranks;
        expect(ranks.low).toBeLessThan(once.low);
        expect(ranks.high).toBeGreaterThan(once.high);
        const log = (count: number): number => shareCapital(fraction, { count, n, planned: 10_000 });
        expect(log(ranks.high)).toBeGreaterThanOrEqual(Math.log(20));
        expect(log(ranks.high - 1)).toBeLessThan(Math.log(20));
        // Fewer than low values up to the quantile are disproved, low of them are not.
        const mirrored = (count: number): number =>
          shareCapital(1 - fraction, { count: n - count, n, planned: 10_000 });
        expect(mirrored(ranks.low - 1)).toBeGreaterThanOrEqual(Math.log(20));
        expect(mirrored(ranks.low)).toBeLessThan(Math.log(20));
      }
    },
  );

  it('mirror each other at the median, and part at a higher confidence', () => {
    const { low, high } = quantileRanksAtEveryLook({ n: 1000, fraction: 0.5 }) as Ranks;
    expect(low + high).toBe(1001);
    const half = quantileRanksAtEveryLook({ n: 1000, fraction: 0.5, confidence: 0.975 }) as Ranks;
    expect(half.low).toBeLessThan(low);
    expect(half.high).toBeGreaterThan(high);
  });
});

describe('ratioInterval', () => {
  it.each([
    [
      { low: 4, high: 6 },
      { low: 2, high: 3 },
      { low: 4 / 3, high: 3 },
    ],
    [
      { low: 4, high: 6 },
      { low: 0, high: 3 },
      { low: 4 / 3, high: Infinity },
    ],
    [
      { low: 0, high: 0 },
      { low: 0, high: 0 },
      { low: 0, high: Infinity },
    ],
  ])('of %o over %o is %o', (challenger, champion, ratio) => {
    expect(ratioInterval(challenger, champion)).toEqual(ratio);
  });
});
