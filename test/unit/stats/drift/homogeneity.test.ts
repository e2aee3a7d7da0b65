import { describe, expect, it } from 'vitest';
import { binTable } from '../../../../src/stats/drift/bin-table.ts';
import { homogeneity } from '../../../../src/stats/drift/homogeneity.ts';

const counts = (bins: number[], unseen = 0) => ({ bins, unseen, nonFinite: 0, missing: 0 });
const test = (reference: number[], current: number[], unseen = 0) =>
  homogeneity(binTable(counts(reference), counts(current, unseen)));

describe('homogeneity', () => {
  it('by hand: 2 × 2', () => {
    const tested = test([10, 20], [20, 10]);
    expect(tested?.statistic).toBeCloseTo(20 / 3, 13);
    expect(tested?.v).toBeCloseTo(1 / 3, 13);
    expect(tested?.df).toBe(1);
    expect(tested?.p).toBeCloseTo(0.009823274507519235, 13);
  });

  it.each([
    { name: 'bins that expect 5', reference: [50, 5, 5], current: [50, 5, 5], df: 2 },
    { name: 'two rare bins', reference: [50, 4, 4, 30], current: [50, 4, 4, 30], df: 2 },
    { name: 'one rare bin takes the next smallest', reference: [50, 4, 30], current: [50, 4, 30], df: 1 },
    { name: 'the smaller side decides', reference: [5, 400, 500], current: [0, 40, 50], df: 1 },
    { name: 'empty bins', reference: [0, 50, 0, 50], current: [0, 50, 0, 50], df: 1 },
  ])('pools: $name', ({ reference, current, df }) => {
    expect(test(reference, current)?.df).toBe(df);
  });

  it.each([
    ['one bin', [50], [60]],
    ['too few rows', [4, 4], [5, 5]],
    ['no rows on one side', [50, 50], [0, 0]],
    ['no rows at all', [], []],
  ])('is undefined for %s', (_, reference, current) => {
    expect(test(reference, current)).toBeUndefined();
  });

  it('joins unseen values with the rare ones, for values that stand once each tell nothing', () => {
    const [once, none] = [Array<number>(200).fill(1), Array<number>(200).fill(0)];
    expect(test(once, none, 200)).toBeUndefined();
    expect(test([400, ...once], [410, ...none], 190)?.p).toBeGreaterThan(0.3);
  });

  it('keeps many unseen values as a category', () => {
    const tested = test([500, 500], [300, 300], 400);
    expect(tested?.df).toBe(2);
    expect(tested?.p).toBeLessThan(1e-50);
    expect(test([1000], [0], 1000)).toMatchObject({ v: 1, df: 1 });
  });
});

describe('a table', () => {
  it('has the bins that are filled on either side, and knows which holds the unseen values', () => {
    const table = binTable({ bins: [1, 0, 2], unseen: 0, nonFinite: 0, missing: 3 }, counts([0, 0, 4], 5));
    expect(table).toEqual({
      reference: Float64Array.of(1, 2, 3, 0),
      current: Float64Array.of(0, 4, 0, 5),
      n: 6,
      m: 9,
      unseen: 3,
    });
    expect(binTable(counts([1]), counts([1])).unseen).toBeUndefined();
  });

  it.each([[[1, 2, 3]], [[1, -1]], [[NaN, 1]], [[1, Infinity]]])('refuses %j beside two bins', (bins) => {
    expect(() => binTable(counts([1, 2]), counts(bins))).toThrow('Not counts of one plan');
    expect(() => binTable(counts(bins), counts([1, 2]))).toThrow('Not counts of one plan');
  });
});
