import { describe, expect, it } from 'vitest';
import { clopperPearson } from '../../../../src/stats/clopper-pearson.ts';
import { shareAtEveryLook } from '../../../../src/stats/sequential/share-at-every-look.ts';
import { shareCapital } from '../../../../src/stats/sequential/share-capital.ts';
import { shareDifferenceAtEveryLook } from '../../../../src/stats/sequential/share-difference.ts';

/** The capital as the definition has it: bets of a fraction times x/share − 1, one row after the other. */
function capitalRowByRow(
  share: number,
  { count, n, planned }: { count: number; n: number; planned: number },
): number {
  let [capital, shares] = [0, 0];
  for (let step = -8; step <= 12; step++) {
    const fraction = Math.min(1, Math.sqrt((8 * share) / ((1 - share) * planned)) * 2 ** step);
    let own = 2 ** -Math.abs(step);
    shares += own;
    for (let row = 0; row < n; row++) own *= 1 + fraction * ((row < count ? 1 : 0) / share - 1);
    capital += own;
  }
  return capital / shares;
}

describe('shareCapital', () => {
  it.each([
    [0.3, { count: 40, n: 100, planned: 400 }],
    [0.01, { count: 3, n: 50, planned: 10_000 }],
    [0.9, { count: 20, n: 20, planned: 100 }],
    [0.5, { count: 0, n: 10, planned: 100 }],
  ])('of %f is what the bets make, row by row', (share, seen) => {
    expect(Math.exp(shareCapital(share, seen))).toBeCloseTo(capitalRowByRow(share, seen), 9);
  });

  it.each([0.001, 0.05, 0.3, 0.9])(
    'is 1 on average after 30 rows of a share of %f, and less of a smaller one',
    (share) => {
      const average = (truth: number): number => {
        let [sum, chance] = [0, (1 - truth) ** 30];
        for (let count = 0; count <= 30; count++) {
          sum += chance * Math.exp(shareCapital(share, { count, n: 30, planned: 100 }));
          chance *= ((30 - count) / (count + 1)) * (truth / (1 - truth));
        }
        return sum;
      };
      expect(average(share)).toBeCloseTo(1, 9);
      expect(average(0.8 * share)).toBeLessThan(1);
    },
  );

  it('falls as the share grows, so that what is not disproved is an interval', () => {
    for (const [count, n] of [
      [3, 10],
      [1, 1000],
      [5000, 10_000],
      [50, 50],
    ] as const) {
      const logs = Array.from({ length: 999 }, (_, i) =>
        shareCapital((i + 1) / 1000, { count, n, planned: 1000 }),
      );
      logs
        .slice(1)
        .forEach((log, i) => expect(log).toBeLessThanOrEqual(Math.max(1, (logs[i] as number) + 1e-9)));
    }
  });
});

describe('shareAtEveryLook', () => {
  it.each([
    [0, 100],
    [1, 100],
    [50, 100],
    [100, 100],
    [30, 10_000],
    [3_000_000, 10_000_000],
    [0, 10_000_000],
  ])('%i of %i: around the share, wider than for one look, its ends disproved by 1 in 20', (count, n) => {
    const interval = shareAtEveryLook({ count, n });
    const once = clopperPearson(count, n) as { low: number; high: number };
    expect(interval.low).toBeLessThanOrEqual(once.low);
    expect(interval.high).toBeGreaterThanOrEqual(once.high);
    const seen = { count, n, planned: 10_000 };
    if (count > 0) expect(shareCapital(interval.low, seen)).toBeGreaterThanOrEqual(Math.log(20) - 1e-9);
    if (count > 0) expect(shareCapital(interval.low + 2e-9, seen)).toBeLessThan(Math.log(20));
  });

  it.each([1, 10, 1e7])('finds its ends with whatever plan: %i rows', (planned) => {
    for (const [count, n] of [
      [3, 10],
      [999, 1000],
      [1, 1000],
      [1, 1],
      [9_999_999, 10_000_000],
    ] as const) {
      const { low } = shareAtEveryLook({ count, n, planned });
      if (low > 0)
        expect(shareCapital(low, { count, n, planned })).toBeGreaterThanOrEqual(Math.log(20) - 1e-6);
      expect(shareCapital(low + 3e-9, { count, n, planned })).toBeLessThan(Math.log(20));
    }
  });

  it('mirrors the share of all others, is narrowest at the plan, and wider at a higher confidence', () => {
    const { low, high } = shareAtEveryLook({ count: 20, n: 300 });
    const others = shareAtEveryLook({ count: 280, n: 300 });
    expect([1 - others.high, 1 - others.low]).toEqual([expect.closeTo(low, 8), expect.closeTo(high, 8)]);
    const width = (planned: number): number => {
      const bounds = shareAtEveryLook({ count: 100, n: 1000, planned });
      return bounds.high - bounds.low;
    };
    expect(width(1000)).toBeLessThan(Math.min(width(100), width(30_000)));
    expect(shareAtEveryLook({ count: 20, n: 300, confidence: 0.975 }).high).toBeGreaterThan(high);
  });

  it('knows nothing of no rows', () => {
    expect(shareAtEveryLook({ count: 0, n: 0 })).toEqual({ low: 0, high: 1 });
  });
});

describe('shareDifferenceAtEveryLook', () => {
  it('is around the difference, changes sides with the models, and tightens with rows', () => {
    const { low, high } = shareDifferenceAtEveryLook({ championOnly: 10, challengerOnly: 40, n: 2000 });
    expect(low).toBeLessThan(0.015);
    expect(low).toBeGreaterThan(0);
    expect(high).toBeGreaterThan(0.015);
    const turned = shareDifferenceAtEveryLook({ championOnly: 40, challengerOnly: 10, n: 2000 });
    expect([-turned.high, -turned.low]).toEqual([expect.closeTo(low, 8), expect.closeTo(high, 8)]);
    expect(
      shareDifferenceAtEveryLook({ championOnly: 0, challengerOnly: 0, n: 10_000_000 }).high,
    ).toBeLessThan(1e-6);
  });

  it('knows nothing of no rows', () => {
    expect(shareDifferenceAtEveryLook({ championOnly: 0, challengerOnly: 0, n: 0 })).toEqual({
      low: -1,
      high: 1,
    });
  });
});
