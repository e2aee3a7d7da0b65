import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../../src/stats/bootstrap.ts';
import { seededRandom } from '../../../src/stats/random.ts';

const uniform = (n: number, seed = 1): Float64Array => {
  const random = seededRandom(seed);
  return Float64Array.from({ length: n }, () => random.uniform());
};

const meanOf = (values: Float64Array) => (rows: Int32Array) =>
  rows.reduce((sum, row) => sum + (values[row] ?? NaN), 0) / rows.length;

function widthOf(result: ReturnType<typeof bootstrapInterval>): number {
  return result.interval === undefined ? NaN : result.interval.high - result.interval.low;
}

describe('bootstrapInterval', () => {
  const n = 400;
  const statistic = meanOf(uniform(n));

  it('is as long as theory says for a mean: 2 · 1.645 · σ / √n', () => {
    const expected = (2 * 1.6449 * Math.sqrt(1 / 12)) / Math.sqrt(n);
    expect(widthOf(bootstrapInterval({ n, statistic, seed: 3 })) / expected).toBeGreaterThan(0.9);
    expect(widthOf(bootstrapInterval({ n, statistic, seed: 3 })) / expected).toBeLessThan(1.1);
  });

  it('is the same for the same seed, and another for another', () => {
    const [one, again, other] = [5, 5, 6].map((seed) => bootstrapInterval({ n, statistic, seed }));
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
  });

  it('draws whole clusters: ten equal rows each make it √10 times as long', () => {
    const perCluster = uniform(40);
    const values = Float64Array.from({ length: 400 }, (_, row) => perCluster[Math.floor(row / 10)] ?? NaN);
    const clusters = Int32Array.from(values, (_, row) => -7 * Math.floor(row / 10));
    const byRow = bootstrapInterval({ n, statistic: meanOf(values), seed: 1 });
    const byCluster = bootstrapInterval({ n, statistic: meanOf(values), seed: 1, clusters });
    expect(widthOf(byCluster) / widthOf(byRow)).toBeGreaterThan(0.85 * Math.sqrt(10));
    expect(widthOf(byCluster) / widthOf(byRow)).toBeLessThan(1.15 * Math.sqrt(10));
    expect(byCluster.method).toBe('bootstrap over 40 clusters, 1000 resamples');
  });

  it('uses fewer resamples for more rows', () => {
    expect(bootstrapInterval({ n: 20_000, statistic: () => 0, seed: 1 }).method).toBe(
      'bootstrap, 250 resamples',
    );
  });

  it.each([
    ['fewer than 20 rows', { n: 19 }, /Only 19 rows: resampling needs at least 20/],
    [
      'fewer than 20 clusters',
      { n: 400, clusters: new Int32Array(400).map((_, row) => row % 19) },
      /Only 19 clusters/,
    ],
    ['a metric that never varies', { n: 50, statistic: () => 1 }, /same value/],
    ['an undefined metric', { n: 50, statistic: () => NaN }, /undefined in 1000 of 1000 resamples/],
    ['one that never varies on many rows', { n: 60_000, statistic: () => 1 }, /same value/],
    ['an undefined one on many rows', { n: 60_000, statistic: () => NaN }, /undefined/],
  ])('gives none for %s', (_name, options, why) => {
    const result = bootstrapInterval({ statistic, seed: 1, ...options });
    expect(result.interval).toBeUndefined();
    expect(result).toHaveProperty('why', expect.stringMatching(why));
  });

  it('bears one undefined resample in 200, not one in 50', () => {
    const everySo = (period: number) => {
      let calls = 0;
      return (rows: Int32Array) => (++calls % period === 0 ? NaN : statistic(rows));
    };
    expect(bootstrapInterval({ n, statistic: everySo(200), seed: 1 }).interval).toBeDefined();
    expect(bootstrapInterval({ n, statistic: everySo(50), seed: 1 }).interval).toBeUndefined();
  });

  it('above 50,000 rows is a jackknife of the right length, sorted rows or not', () => {
    const values = uniform(60_000).sort();
    const result = bootstrapInterval({ n: 60_000, statistic: meanOf(values), seed: 1 });
    const expected = (2 * 1.7291 * Math.sqrt(1 / 12)) / Math.sqrt(60_000);
    expect(result.method).toBe('jackknife, 20 blocks');
    expect(widthOf(result) / expected).toBeGreaterThan(0.6);
    expect(widthOf(result) / expected).toBeLessThan(1.5);
  });

  it('takes off the bias of a metric that resampling shifts, unless it is asked for plain percentiles', () => {
    const values = uniform(200);
    const distinct = (rows: Int32Array) => meanOf(values)(rows) - 0.05 * (new Set(rows).size / 200);
    const [corrected, plain] = [false, true].map((asked) =>
      bootstrapInterval({ n: 200, statistic: distinct, seed: 2, plain: asked }),
    );
    const all = distinct(Int32Array.from({ length: 200 }, (_, row) => row));
    const centre = (result: typeof plain) =>
      ((result?.interval?.low ?? NaN) + (result?.interval?.high ?? NaN)) / 2;
    expect(centre(plain)).toBeGreaterThan(all + 0.01);
    expect(centre(corrected)).toBeLessThan(centre(plain) - 0.01);
  });
});
