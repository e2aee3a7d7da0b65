import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipText, visibleText } from '../../../src/report/visible-text.ts';

describe('visibleText', () => {
  it.each([
    ['plain 1.8.0', 'plain 1.8.0'],
    ['a\u202eb', 'a\\u202eb'],
    ['a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    ['a\r\nb\tc', 'a b c'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\ud800'],
    ['größe 数据 🙂', 'größe 数据 🙂'],
  ])('%j becomes %j', (input, expected) => {
    expect(visibleText(input)).toBe(expected);
  });

  it('leaves nothing invisible in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (input) => {
        expect(visibleText(input)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('clipText', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['🙂🙂🙂', 2, '🙂…'],
    ['', 1, ''],
  ])('%j at %d is %j', (input, length, expected) => {
    expect(clipText(input, length)).toBe(expected);
  });
});
