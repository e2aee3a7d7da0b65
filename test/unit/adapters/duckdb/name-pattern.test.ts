import { describe, expect, it } from 'vitest';
import { isPattern, namePattern } from '../../../../src/adapters/duckdb/name-pattern.ts';

describe('a pattern of names', () => {
  it.each<[string, string, boolean]>([
    ['*', 'a.csv', true],
    ['*', '.hidden', false],
    ['.*', '.hidden', true],
    ['*.csv', 'a.csv', true],
    ['*.csv', 'a.csv.gz', false],
    ['*.csv*', 'a.csv.gz', true],
    ['log-?.csv', 'log-1.csv', true],
    ['log-?.csv', 'log-12.csv', false],
    ['log-?.csv', 'log-ö.csv', true],
    ['log-[0-3].csv', 'log-2.csv', true],
    ['log-[0-3].csv', 'log-4.csv', false],
    ['log-[!0-3].csv', 'log-4.csv', true],
    ['log-[abc-].csv', 'log--.csv', true],
    ['[]].csv', '].csv', true],
    ['[open', '[open', true],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['a+(b).csv', 'a+(b).csv', true],
    ['A.csv', 'a.csv', false],
    ['', '', true],
  ])('%s on %s: %s', (pattern, name, fits) => {
    expect(namePattern(pattern)(name)).toBe(fits);
  });

  it('takes linear time where a regular expression would take exponential', () => {
    expect(namePattern(`${'*a'.repeat(30)}b`)('a'.repeat(255))).toBe(false);
  });

  it.each<[string, boolean]>([
    ['logs/*.csv', true],
    ['logs/a?.csv', true],
    ['logs/[ab].csv', true],
    ['logs/a.csv', false],
  ])('%s is one: %s', (path, is) => expect(isPattern(path)).toBe(is));
});
