import { describe, expect, it } from 'vitest';
import { GrowingArray } from '../../../../src/adapters/duckdb/growing-array.ts';

describe.each([0, 3, 2050, 2 ** 21])('numbers that come in chunks, %d being expected', (expected) => {
  it.each([[[]], [[1]], [[2048, 2048, 3]], [[2000, 2000, 2000, 1]], [[2 ** 20, 5, 2 ** 20]], [[1, 5000, 1]]])(
    'of %j are one array',
    (sizes: number[]) => {
      const values = new GrowingArray((length) => new Float64Array(length), expected);
      let next = 0;
      for (const size of sizes) {
        const room = values.next(size);
        expect(room.length).toBe(size);
        for (let at = 0; at < size; at++) room[at] = next++;
      }
      const all = values.take();
      expect(all.length).toBe(next);
      expect(all.every((value, at) => value === at)).toBe(true);
      expect(values.take().length).toBe(0);
    },
  );
});
