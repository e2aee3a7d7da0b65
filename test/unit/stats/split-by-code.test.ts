import { expect, it } from 'vitest';
import { mergeSorted } from '../../../src/stats/drift/sorted-values.ts';
import { splitByCode } from '../../../src/stats/split-by-code.ts';

it('values are split by their codes, in their order; other codes are left out', () => {
  const parts = splitByCode(Float64Array.of(1, 2, 3, 4, 5, 6), Int32Array.of(0, 2, -1, 0, 7, 2), 3);
  expect(parts.map((part) => [...part])).toEqual([[1, 4], [], [2, 6]]);
});

it('sorted values are merged in order', () => {
  const [a, b] = [Float64Array.of(1, 2, 2, 5), Float64Array.of(0, 2, 6, 7)];
  expect([...mergeSorted(a, b)]).toEqual([0, 1, 2, 2, 2, 5, 6, 7]);
  expect([...mergeSorted(a, new Float64Array())]).toEqual([...a]);
  expect([...mergeSorted(new Float64Array(), b)]).toEqual([...b]);
});
