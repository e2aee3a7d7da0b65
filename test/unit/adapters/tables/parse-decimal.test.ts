import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal, parsePlainDecimal } from '../../../../src/adapters/tables/parse-decimal.ts';

const plain = (text: string) => parsePlainDecimal(Buffer.from(`,${text},`), 1, text.length + 1);

describe('parsePlainDecimal', () => {
  it('gives the double that Number gives, or leaves it to parseDecimal', () => {
    const digits = fc.stringMatching(/^[0-9]{0,14}$/);
    const texts = fc
      .tuple(fc.constantFrom('', '-', '+'), digits, fc.constantFrom('', '.'), digits)
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const value = plain(text);
        if (!Number.isNaN(value)) expect([text, value]).toEqual([text, Number(text)]);
      }),
      { numRuns: 20_000 },
    );
  });

  it('gives back doubles written with 17 digits, nearly all of them by itself', () => {
    let left = 0;
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 1e9, noNaN: true }),
        fc.constantFrom(16, 17, 18, 19),
        (value, precision) => {
          const text = value.toPrecision(precision);
          const found = plain(text);
          if (Number.isNaN(found)) left++;
          else expect([text, found]).toEqual([text, Number(text)]);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(left).toBeLessThan(200);
  });

  it.each([
    '9007199254740993',
    '9007199254740991.5',
    '4503599627370497.5',
    '1.00000000000000011102',
    '0.500000000000000055511',
  ])('halfway between two doubles, or nearly: %s', (text) => {
    const value = plain(text);
    expect(Number.isNaN(value) ? parseDecimal(text) : value).toBe(Number(text));
  });

  it.each(['', '-', '+', '.', '-.', '1e5', '0x1', ' 1', '1 ', '1..2', 'NaN', '1-'])('leaves %j', (text) =>
    expect(plain(text)).toBeNaN(),
  );
});

describe('parseDecimal', () => {
  it.each(['', '.', 'e5', '1e', 'inf', 'Infinity', 'NAN', '0b1', '1_0', ' 1'])('%j is no number', (text) =>
    expect(parseDecimal(text)).toBeUndefined(),
  );
  it.each([
    ['1e400', Infinity],
    ['-1e400', -Infinity],
    ['nan', NaN],
    ['1.e2', 100],
  ])('%s', (text, value) => expect(parseDecimal(text)).toBe(value));
});
