import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson } from '../../../src/core/json.ts';

const parse = (text: string, maxBytes = 1e6) => parseStrictJson(text, { name: 'm.json', maxBytes });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'no error';
}

describe('parseStrictJson agrees with JSON.parse', () => {
  it('on whatever JSON.stringify writes', () => {
    const safe = fc
      .jsonValue({ maxDepth: 6 })
      .map((value) => JSON.stringify(value))
      .filter((text) => !/"(__proto__|constructor|prototype)":/.test(text));
    fc.assert(
      fc.property(safe, fc.constantFrom(undefined, 1, '\t'), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), undefined, indent);
        expect(plain(parse(written))).toEqual(JSON.parse(written));
      }),
    );
  });

  it('on which texts are JSON at all', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"b"',
        '1',
        '-',
        '0',
        '.5',
        'e3',
        'true',
        'null',
        ' ',
        '\\',
        '"',
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        const native = messageOf(() => JSON.parse(text)) === 'no error';
        const ours = messageOf(() => parse(text));
        if (!/twice/.test(ours)) expect([text, ours === 'no error']).toEqual([text, native]);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '-0',
    '1e-400',
    '1.25E+2',
    '"\\u00e9\\ud83d\\ude00\\n\\/"',
    '"a\\\\"',
    '[]',
    '{}',
    ' [1 , {"a" : "b"}]\r\n',
  ])('on %s', (text) => expect(plain(parse(text))).toEqual(plain(JSON.parse(text))));
});

describe('parseStrictJson', () => {
  it('gives objects without a prototype, inside and out', () => {
    const value = parse('{"a":{"b":1}}') as { a: object };
    expect([Object.getPrototypeOf(value), Object.getPrototypeOf(value.a)]).toEqual([null, null]);
  });

  it('skips a byte-order mark', () => expect(parse('\ufeff[1]')).toEqual([1]));

  it('takes 64 levels and not 65', () => {
    expect(messageOf(() => parse('['.repeat(64) + ']'.repeat(64)))).toBe('no error');
    expect(messageOf(() => parse('['.repeat(65) + ']'.repeat(65)))).toContain(
      'm.json:1:66: nested deeper than 64 levels',
    );
    expect(messageOf(() => parse('{"a":'.repeat(100_000)))).toContain('nested deeper than 64 levels');
  });

  it.each([
    ['{"a":1,\n "a":2}', 'm.json:2:2: the key a stands there twice. Keep one of them.'],
    ['{"m":{"auc":1,"\\u0061uc":2}}', 'm.json:1:15: the key m.auc stands there twice. Keep one of them.'],
    [
      '[{"a":[{"x y":1,"x y":1}]}]',
      'm.json:1:17: the key [0].a[0]["x y"] stands there twice. Keep one of them.',
    ],
    ['{"__proto__":{}}', 'm.json:1:2: the key __proto__ is not allowed. Rename or remove it.'],
    ['{"a":{"constructor":1}}', 'm.json:1:7: the key a.constructor is not allowed. Rename or remove it.'],
    ['{"\\u0070rototype":1}', 'm.json:1:2: the key prototype is not allowed. Rename or remove it.'],
    ['{"auc":1e400}', 'm.json:1:8: the number "1e400" at auc is too large. Correct it.'],
    ['[-1e400]', 'm.json:1:2: the number "-1e400" at [0] is too large. Correct it.'],
    ['{"auc":NaN}', 'm.json:1:8: "NaN" at auc, which is not JSON. Write a finite number.'],
    ['{"auc":-Infinity}', 'm.json:1:8: "-Infinity" at auc, which is not JSON. Write a finite number.'],
    ['{"a":01}', 'm.json:1:6: expected a value, saw "01}". Correct the JSON.'],
    ["{'a':1}", 'm.json:1:2: expected a key in double quotes, saw "\'a\':1}". Correct the JSON.'],
    ['{"a":1,}', 'm.json:1:8: expected a key in double quotes, saw "}". Correct the JSON.'],
    ['[1,]', 'm.json:1:4: expected a value, saw "]". Correct the JSON.'],
    ['[1 2]', 'm.json:1:4: expected "," or "]", saw "2]". Correct the JSON.'],
    ['{"a" 1}', 'm.json:1:6: expected ":", saw "1}". Correct the JSON.'],
    ['', 'm.json:1:1: expected a value, saw the end of the text. Correct the JSON.'],
    ['{"a":1', 'm.json:1:7: expected "," or "}", saw the end of the text. Correct the JSON.'],
    ['1 2', 'm.json:1:3: more text after the end of the document. Keep one value.'],
  ])('refuses %j', (text, message) => expect(messageOf(() => parse(text))).toBe(message));

  it.each(['"a', '"a\nb"', '"\\x"', '"\\u12g4"', '"\u0000"', '"\\'])('refuses the string %j', (text) => {
    expect(messageOf(() => parse(text))).toContain('m.json:1:1: a string that does not end');
  });

  it('counts bytes of UTF-8', () => {
    expect(messageOf(() => parse('"é"', 4))).toBe('no error');
    expect(messageOf(() => parse('"é"', 3))).toBe(
      'm.json is too large: saw 4 bytes, allowed are 3. Make it smaller.',
    );
  });

  it('reads a string of many megabytes', () => {
    expect(parseStrictJson(`"${'x'.repeat(2e7)}"`, { name: 'm', maxBytes: 1e8 })).toHaveLength(2e7);
  });

  it('lets no control or direction character into its messages', () => {
    const message = messageOf(() =>
      parseStrictJson('{"\u202e\\u001b[31m":1,"\u202e\\u001b[31m":2}', { name: 'a\nb', maxBytes: 99 }),
    );
    expect(message).toContain('\\u202e\\u001b');
    // oxlint-disable-next-line no-control-regex -- they are what must not be there
    expect(message).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});
