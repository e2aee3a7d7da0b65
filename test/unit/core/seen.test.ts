import { describe, expect, it } from 'vitest';
import { seen, seenName, seenPath } from '../../../src/core/seen.ts';

describe('seen', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [NaN, 'NaN'],
    [1.5, '1.5'],
    ['a"b', '"a\\"b"'],
    ['a\nb\u202e\u0085', '"a\\nb\\u202e\\u0085"'],
    [['a', 1], '["a",1]'],
    ['x'.repeat(70), `"${'x'.repeat(60)}…"`],
  ])('%j', (value, text) => expect(seen(value)).toBe(text));
});

describe('seenName', () => {
  it.each([
    ['data/test.csv', 'data/test.csv'],
    ['a\n::error::b', '"a\\n::error::b"'],
  ])('%j', (name, text) => expect(seenName(name)).toBe(text));
});

describe('seenPath', () => {
  it.each([
    [[], '(document)'],
    [['models', 'bank', 'slices', 1, 'edges'], 'models.bank.slices[1].edges'],
    [['a', 'job=admin.', 'b'], 'a["job=admin."].b'],
  ])('%j', (path, text) => expect(seenPath(path)).toBe(text));
});
