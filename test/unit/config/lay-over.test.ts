import { describe, expect, it } from 'vitest';
import { layOver } from '../../../src/config/lay-over.ts';

describe('layOver', () => {
  it.each([
    [{ a: 1, b: { c: 2, d: 3 } }, { b: { c: 4 } }, { a: 1, b: { c: 4, d: 3 } }],
    [{ a: [1, 2] }, { a: [3] }, { a: [3] }],
    [{ a: { b: 1 } }, { a: 2 }, { a: 2 }],
    [undefined, { a: 1 }, { a: 1 }],
    [{ a: 1 }, undefined, { a: 1 }],
    [{ a: 1 }, { a: undefined }, { a: 1 }],
    [{}, { toString: 1 }, { toString: 1 }],
  ])('%j under %j', (under, over, result) => expect(layOver(under, over)).toEqual(result));
});
