import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/core/canonical-json.ts';

describe('canonicalJson', () => {
  it('sorts keys at every level and leaves absent ones out', () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined, a: null }], a: 'é\n' })).toBe(
      '{"a":"é\\n","b":[{"a":null,"d":1}]}',
    );
  });

  it('keeps the data', () => {
    const values = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
    fc.assert(
      fc.property(values, (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it.each([NaN, Infinity, undefined, () => 1])('refuses %s', (value) =>
    expect(() => canonicalJson([value])).toThrow(TypeError),
  );
});
