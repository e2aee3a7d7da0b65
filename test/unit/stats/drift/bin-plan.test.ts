import { describe, expect, it } from 'vitest';
import { binLabels } from '../../../../src/stats/drift/bin-labels.ts';
import { countBins, rowsOf } from '../../../../src/stats/drift/bin-counts.ts';
import { binCount, planBins } from '../../../../src/stats/drift/bin-plan.ts';
import { nextBelow } from '../../../../src/stats/drift/next-below.ts';
import { planNumbers, planTexts } from '../../../../src/stats/drift/plan-column.ts';
import { sortFinite } from '../../../../src/stats/drift/sorted-values.ts';
import { numbers, repeated, texts, withMissing } from './columns.ts';

const planOf = (values: Iterable<number>) => planNumbers(sortFinite(Float64Array.from(values)));
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);

describe('a plan', () => {
  it('has a bin for each of at most 20 distinct numbers, and ten bins for 21', () => {
    expect(planOf([...upTo(20), ...upTo(20)])).toEqual({
      kind: 'discrete',
      values: Float64Array.from(upTo(20)),
    });
    const plan = planOf(upTo(21));
    expect(plan).toEqual({ kind: 'numeric', edges: Float64Array.of(3, 5, 7, 9, 11, 13, 15, 17, 19) });
    expect(binCount(plan)).toBe(10);
  });

  it('counts distinct numbers without those that are not finite, and 0 and −0 as one', () => {
    expect(planOf([3, NaN, Infinity, 3, 1])).toEqual({ kind: 'discrete', values: Float64Array.of(1, 3) });
    expect(planOf([0, -0])).toMatchObject({ values: { length: 1 } });
  });

  it('does not count numbers that stand there 0 times', () => {
    const sorted = { values: Float64Array.from(upTo(21)), counts: [0, ...Array<number>(20).fill(1)] };
    expect(planNumbers(sorted)).toEqual({ kind: 'discrete', values: Float64Array.from(upTo(21).slice(1)) });
  });

  it('has its categories in order, and none for empty cells', () => {
    expect(planTexts(texts(['b', '', 'a', 'b']))).toEqual({ kind: 'categorical', categories: ['a', 'b'] });
  });

  it('takes quantiles in any order, and refuses NaN', () => {
    expect(planBins({ kind: 'numeric', quantiles: [2, 1] })).toEqual({
      kind: 'numeric',
      edges: Float64Array.of(1, 2),
    });
    expect(() => planBins({ kind: 'numeric', quantiles: [1, NaN] })).toThrow('NaN');
  });

  it('without reference values has no bins', () => {
    expect(binCount(planOf([NaN]))).toBe(0);
    expect(binCount(planTexts(texts(['', ''])))).toBe(0);
  });
});

describe('equal edges', () => {
  it('are merged, and the value gets a bin of its own', () => {
    const plan = planBins({ kind: 'numeric', quantiles: [1, 2, 2, 2, 3] });
    expect(plan).toEqual({ kind: 'numeric', edges: Float64Array.of(1, nextBelow(2), 2, 3) });
    const counts = countBins(plan, numbers([0, 1, 1.5, 2, 2, 2.5, 3, 9]));
    expect(counts.bins).toEqual(Float64Array.of(2, 1, 2, 2, 1));
    expect(binLabels(plan)).toEqual(['≤ 1', '1 … below 2', '= 2', '2 … 3', '> 3']);
  });

  it('at either end leave no value in the bin of the others', () => {
    const tail = upTo(25).map((i) => i / 100);
    const ones = countBins(planOf([...tail, ...repeated([1], [975])]), numbers([...tail, 1, 1]));
    expect(ones.bins).toEqual(Float64Array.of(25, 2, 0));
    const zeros = countBins(planOf([...tail, ...repeated([0], [975])]), numbers([...tail, 0, 0]));
    expect(zeros.bins).toEqual(Float64Array.of(0, 2, 25));
  });
});

describe('labels', () => {
  it.each([
    [{ kind: 'numeric', quantiles: [4, 4] } as const, ['< 4', '= 4', '> 4']],
    [{ kind: 'numeric', quantiles: [] } as const, ['all']],
    [{ kind: 'numeric', quantiles: [-0.5] } as const, ['≤ -0.5', '> -0.5']],
    [{ kind: 'discrete', values: [2, 1, 2] } as const, ['1', '2']],
    [{ kind: 'categorical', categories: ['x', 'x', 'a'] } as const, ['a', 'x']],
  ])('of %j', (request, labels) => {
    expect(binLabels(planBins(request))).toEqual(labels);
    expect(binCount(planBins(request))).toBe(labels.length);
  });
});

describe('counting', () => {
  it('puts every row in one place: numbers', () => {
    const counts = countBins(planOf([1, 2]), withMissing(numbers([1, 1, 2, 3, NaN, Infinity, -Infinity]), 2));
    expect(counts).toEqual({ bins: Float64Array.of(2, 1), unseen: 1, nonFinite: 3, missing: 2 });
    expect(rowsOf(counts)).toBe(9);
  });

  it('puts every row in one place: texts', () => {
    const counts = countBins(planTexts(texts(['a', 'b'])), texts(['b', '', 'c', 'NaN', 'b']));
    expect(counts).toEqual({ bins: Float64Array.of(0, 2), unseen: 2, nonFinite: 0, missing: 1 });
  });

  it('has open ends: nothing is outside numeric bins', () => {
    const counts = countBins(planOf(upTo(30)), numbers([-1e300, 1e300]));
    expect(counts).toMatchObject({ unseen: 0, nonFinite: 0, bins: { 0: 1, 9: 1 } });
  });

  it('refuses a plan of another type, and more missing cells than there are NaNs', () => {
    expect(() => countBins(planOf([1]), texts(['1']))).toThrow('string column');
    expect(() => countBins(planTexts(texts(['1'])), numbers([1]))).toThrow('number column');
    expect(() => countBins(planOf([1]), { ...numbers([1, NaN]), missing: 2 })).toThrow('was said to miss 2');
  });
});

describe('nextBelow', () => {
  it.each([1, -1, 0, -0, 1e308, 5e-324, -2.5, 2 ** 52])('%d: the next double', (value) => {
    const below = nextBelow(value);
    expect(below).toBeLessThan(value);
    const middle = below + (value - below) / 2;
    expect(middle === below || middle === value || Object.is(middle, -0)).toBe(true);
  });
});
