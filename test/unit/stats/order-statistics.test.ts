import { describe, expect, it } from 'vitest';
import { orderStatistics, quantilesOf, rankOf } from '../../../src/stats/order-statistics.ts';
import { quantile } from '../../../src/stats/quantile.ts';
import { sortNumbers } from '../../../src/stats/sort-numbers.ts';
import { seededRandom } from '../../../src/stats/random.ts';

const random = seededRandom(3);
const draw = (n: number, value: (uniform: number) => number): Float64Array =>
  Float64Array.from({ length: n }, () => value(random.uniform()));

const CASES: readonly [string, Float64Array][] = [
  ['one value', Float64Array.of(4)],
  ['few values', Float64Array.of(3, -1, 2, 2, 0)],
  ['even ones', draw(50_000, (u) => u)],
  ['many repeats', draw(50_000, (u) => Math.floor(u * 7))],
  ['all alike', draw(50_000, () => 0.5)],
  ['a heavy tail', draw(50_000, (u) => 1 / u ** 8)],
  ['halving ones, each in the lowest bin of those before', draw(50_000, (u) => 2 ** -Math.floor(u * 1000))],
  ['the whole range of doubles', draw(50_000, (u) => (u - 0.5) * Number.MAX_VALUE * 2)],
  ['subnormal ones', draw(50_000, (u) => Math.floor(u * 100) * Number.MIN_VALUE)],
  ['infinities among them', draw(50_000, (u) => (u < 0.1 ? -Infinity : u > 0.9 ? Infinity : u))],
];

describe.each(CASES)('%s', (_, values) => {
  const before = values.slice();
  const sorted = values.slice().sort();
  const n = values.length;

  it('have the order statistics that sorting finds', () => {
    const ranks = [0, n - 1, Math.floor(n / 2), Math.floor(0.95 * n), Math.floor(n / 3), 0];
    expect(orderStatistics(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
    expect(values).toEqual(before);
  });

  it('have the quantiles of sorted ones', () => {
    const ps = [0.01, 0.5, 0, 1, 0.99];
    expect(quantilesOf(values, ps)).toEqual(ps.map((p) => quantile(sorted, p)));
  });

  it('are sorted as the native sort does', () => {
    expect(sortNumbers(values)).toEqual(sorted);
    expect(values).toEqual(before);
  });
});

it('nothing is known of no ranks, and no values are sorted', () => {
  expect(orderStatistics(Float64Array.of(1, 2), [])).toEqual([]);
  expect(sortNumbers(new Float64Array())).toEqual(new Float64Array());
});

it.each([
  [0.5, 1, 0],
  [0.5, 2, 0],
  [0.5, 3, 1],
  [0.9, 10, 8],
  [0.91, 10, 9],
  [0, 10, 0],
  [1, 10, 9],
])('the exact quantile at %d of %d values has rank %d', (share, n, rank) => {
  expect(rankOf(share, n)).toBe(rank);
});
