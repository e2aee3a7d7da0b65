import { describe, expect, it } from 'vitest';
import { clopperPearson } from '../../../src/stats/clopper-pearson.ts';
import { quantile, quantileInterval, quantileRanks } from '../../../src/stats/quantile.ts';
import { seededRandom } from '../../../src/stats/random.ts';
import reference from '../../fixtures/stats/bounds.json' with { type: 'json' };

type Row = [number, number, number, number];

describe('bounds of a share equal those of statsmodels', () => {
  it.each(reference.clopperPearson as Row[])('Clopper–Pearson: %d of %d', (...[k, n, low, high]) => {
    expect(Math.abs((clopperPearson(k, n)?.low ?? NaN) - low)).toBeLessThan(1e-11);
    expect(Math.abs((clopperPearson(k, n)?.high ?? NaN) - high)).toBeLessThan(1e-11);
  });

  it('are undefined for nothing', () => {
    expect(clopperPearson(0, 0)).toBeUndefined();
  });
});

describe('quantiles', () => {
  it.each(reference.quantiles)('equal those of numpy: p = $p', ({ sorted, p, value }) => {
    expect(Math.abs(quantile(Float64Array.from(sorted), p) - value)).toBeLessThan(
      1e-14 * Math.max(1, Math.abs(value)),
    );
  });

  it('are NaN for no values', () => expect(quantile(new Float64Array(0), 0.5)).toBeNaN());

  it.each(reference.ranks as [number, number, number | null, number | null][])(
    'ranks equal those of SciPy: n = %d, p = %d',
    (...[n, p, low, high]) => {
      expect(quantileRanks(n, p)).toEqual({ low: low ?? undefined, high: high ?? undefined });
    },
  );

  it('need 59 rows for an upper bound of p95 and 299 for p99', () => {
    const upper = (n: number, p: number) =>
      quantileInterval(
        Float64Array.from({ length: n }, (_, i) => i + 1),
        p,
      ).high;
    expect([upper(58, 0.95), upper(59, 0.95), upper(298, 0.99), upper(299, 0.99)]).toEqual([
      undefined,
      59,
      undefined,
      299,
    ]);
  });

  it('have no bounds for no values', () => {
    expect(quantileInterval(new Float64Array(0), 0.5)).toEqual({ low: undefined, high: undefined });
  });
});

describe('seededRandom', () => {
  it.each(reference.random)(
    'seed $seed gives the sequence of a second implementation',
    ({ seed, uniform }) => {
      const random = seededRandom(seed);
      expect(uniform.map(() => random.uniform())).toEqual(uniform);
    },
  );

  it('draws below n evenly', () => {
    const random = seededRandom(7);
    const counts = new Float64Array(3);
    for (let draw = 0; draw < 30_000; draw++) {
      const value = random.below(3);
      counts[value] = (counts[value] ?? NaN) + 1;
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(350);
  });
});
