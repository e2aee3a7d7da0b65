import { describe, expect, it } from 'vitest';
import { formatByteSize, parseByteSize } from '../../../src/core/byte-size.ts';

describe('parseByteSize', () => {
  it.each([
    ['1B', 1],
    ['50MB', 50_000_000],
    ['1kB', 1000],
    ['1KiB', 1024],
    ['1.5KiB', 1536],
    ['512 MiB', 536_870_912],
    ['2GiB', 2_147_483_648],
  ])('%s', (text, bytes) => expect(parseByteSize(text)).toBe(bytes));

  it.each(['', '512', '0B', '-1MB', '1mb', '1 KIB', '1e3B', '999999999999TiB', '0.1B'])(
    'refuses %j',
    (text) =>
      expect(() => parseByteSize(text)).toThrow(/^Not a size: saw .*, allowed: a size such as 512MiB/),
  );
});

describe('formatByteSize', () => {
  it.each([
    [0, '0B'],
    [1023, '1023B'],
    [1852, '1.81KiB'],
    [536_870_912, '512MiB'],
    [2_147_483_648, '2GiB'],
  ])('%d', (bytes, text) => expect(formatByteSize(bytes)).toBe(text));
});
