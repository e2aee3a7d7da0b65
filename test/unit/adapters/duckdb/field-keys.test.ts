import { describe, expect, it } from 'vitest';
import { fieldKeys } from '../../../../src/adapters/duckdb/field-keys.ts';

describe('the ways to read a dotted name', () => {
  it('are the name itself, then the longest keys first', () => {
    expect(fieldKeys('a')).toEqual([['a']]);
    expect(fieldKeys('a.b')).toEqual([['a.b'], ['a', 'b']]);
    expect(fieldKeys('a.b.c')).toEqual([['a.b.c'], ['a.b', 'c'], ['a', 'b.c'], ['a', 'b', 'c']]);
  });

  it('are at most sixteen: later dots belong to the last key', () => {
    expect(fieldKeys('a.b.c.d.e')).toHaveLength(16);
    expect(fieldKeys('a.b.c.d.e.f.g')).toHaveLength(16);
    expect(fieldKeys('a.b.c.d.e.f.g').at(-1)).toEqual(['a', 'b', 'c', 'd', 'e.f.g']);
  });
});
