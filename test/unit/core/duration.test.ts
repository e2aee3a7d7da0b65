import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration } from '../../../src/core/duration.ts';

describe('parseDuration', () => {
  it.each([
    ['5ms', 5],
    ['0.25ms', 0.25],
    ['1.5s', 1500],
    ['60s', 60_000],
    ['30m', 1_800_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ])('%s', (text, ms) => expect(parseDuration(text)).toBe(ms));

  it.each(['', '5', 'ms', '-5ms', '5 ms', '0ms', '1e3ms', '5MS', 'Infinityms', '5msx', '１s'])(
    'refuses %j',
    (text) =>
      expect(() => parseDuration(text)).toThrow(/^Not a duration: saw .*, allowed: a duration such as 5ms/),
  );
});

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [0.013_644, '0.0136ms'],
    [1.234_56, '1.235ms'],
    [999.9, '999.9ms'],
    [1500, '1.5s'],
    [90_000, '90s'],
    [1_800_000, '30m'],
    [86_400_000, '24h'],
    [604_800_000, '7d'],
  ])('%d', (ms, text) => expect(formatDuration(ms)).toBe(text));
});
