import { describe, expect, it } from 'vitest';
import { repeatedRows } from '../../../../src/app/gate/repeated-rows.ts';
import type { Column } from '../../../../src/core/table.ts';

const numbers = (...values: number[]): Column => ({
  type: 'number',
  values: Float64Array.from(values),
  missing: 0,
});
const texts = (...values: string[]): Column => ({ type: 'string', values, missing: 0 });

describe('repeated rows', () => {
  it.each<[string, Column[], ReturnType<typeof repeatedRows>]>([
    ['no column', [], { rows: 0 }],
    ['no row', [numbers(), texts()], { rows: 0 }],
    ['one row', [numbers(1)], { rows: 0 }],
    ['all different', [numbers(1, 1, 2), texts('a', 'b', 'a')], { rows: 0 }],
    ['one twice', [numbers(1, 2, 1), texts('a', 'a', 'a')], { rows: 1, first: { row: 3, of: 1 } }],
    ['one three times', [numbers(7, 7, 7)], { rows: 2, first: { row: 2, of: 1 } }],
    ['missing numbers are alike', [numbers(NaN, 1, NaN)], { rows: 1, first: { row: 3, of: 1 } }],
    ['zero has no sign', [numbers(0, -0)], { rows: 1, first: { row: 2, of: 1 } }],
    ['a difference in the last column', [texts('a', 'a'), numbers(1, 1 + Number.EPSILON)], { rows: 0 }],
  ])('%s', (_, columns, expected) => expect(repeatedRows(columns)).toEqual(expected));

  it('are found among many', () => {
    const once = Array.from({ length: 20_000 }, (_, i) => i / 7);
    const copies = [...once, ...once, ...once];
    expect(repeatedRows([numbers(...copies)])).toEqual({ rows: 40_000, first: { row: 20_001, of: 1 } });
  });

  it('are counted as a plain comparison counts them, with few values in few columns', () => {
    let seed = 1;
    const next = () => (seed = (seed * 48_271) % 2_147_483_647);
    const [a, b] = [0, 1].map(() => Array.from({ length: 2000 }, () => next() % 30));
    const expected = 2000 - new Set(a?.map((value, i) => `${value},${b?.[i]}`)).size;
    expect(repeatedRows([numbers(...(a ?? [])), texts(...(b ?? []).map(String))]).rows).toBe(expected);
  });
});
