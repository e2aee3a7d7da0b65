import { describe, expect, it } from 'vitest';
import { compareSorted } from '../../../../src/stats/drift/compare-sorted.ts';
import { sortFinite } from '../../../../src/stats/drift/sorted-values.ts';

const of = (...values: number[]) => ({ values: Float64Array.from(values) });

describe('one pass over two sorted sides', () => {
  it.each([
    { name: 'the same values', a: [1, 2, 3], b: [1, 2, 3], largest: 0, area: 0, ties: true },
    { name: 'nothing in common', a: [0, 1], b: [5, 6], largest: 4, area: 5, ties: false },
    { name: 'the other way round', a: [5, 6], b: [0, 1], largest: 4, area: 5, ties: false },
    { name: 'sides of different sizes', a: [0], b: [-1, 1, 3], largest: 2, area: 5 / 3, ties: false },
    { name: 'a tie on one side', a: [0, 0], b: [1], largest: 2, area: 1, ties: true },
    { name: 'two zeros', a: [-0], b: [0], largest: 0, area: 0, ties: true },
  ])('$name', ({ a, b, largest, area, ties }) => {
    const compared = compareSorted(of(...a), of(...b));
    expect(compared).toMatchObject({ n: a.length, m: b.length, largest, ties });
    expect(compared?.area).toBeCloseTo(area, 14);
  });

  it('weighs values by their counts, also by 0', () => {
    const weighted = compareSorted(
      { values: Float64Array.of(0, 1, 2, 9), counts: [0, 3, 1, 0] },
      { values: Float64Array.of(1, 2, 4), counts: Float64Array.of(1, 0, 2) },
    );
    expect(weighted).toEqual(compareSorted(of(1, 1, 1, 2), of(1, 4, 4)));
  });

  it('is undefined where a side is empty or all counts are 0', () => {
    expect(compareSorted(of(), of(1))).toBeUndefined();
    expect(compareSorted(of(1), { values: Float64Array.of(1), counts: [0] })).toBeUndefined();
  });

  it.each([[[2, 1]], [[1, NaN]], [[NaN, 1]]])('refuses %j, which is out of order', (values) => {
    expect(() => compareSorted(of(...values), of(0, 3))).toThrow('Not sorted');
    expect(() => compareSorted(of(0, 3), of(...values))).toThrow('Not sorted');
  });

  it('adds up a million small steps without drifting', () => {
    const n = 1_000_000;
    const a = Float64Array.from({ length: n }, (_, i) => i * 0.1);
    const compared = compareSorted({ values: a }, { values: a.map((value) => value + 0.05) });
    expect(Math.abs((compared?.area ?? NaN) - 0.05)).toBeLessThan(1e-11);
    expect(compared?.largest).toBe(n);
  });
});

describe('sortFinite', () => {
  it('sorts by value, leaves out what is not finite, and leaves the column alone', () => {
    const column = Float64Array.of(10, NaN, 9, -Infinity, 1);
    expect(sortFinite(column).values).toEqual(Float64Array.of(1, 9, 10));
    expect(column[0]).toBe(10);
  });
});
