import { expect, it } from 'vitest';
import { isAfter } from '../../../src/promotion/is-after.ts';

it.each([
  ['2026-05-01T10:00:01.000Z', '2026-05-01T10:00:00Z', true],
  ['2026-05-01T10:00:00.900Z', '2026-05-01T10:00:00Z', false],
  ['2026-05-01T09:59:59Z', '2026-05-01T10:00:00Z', false],
  ['no date', '2026-05-01T10:00:00Z', false],
])('isAfter(%s, %s) is %s', (happenedAt, commentedAt, expected) => {
  expect(isAfter(happenedAt, commentedAt)).toBe(expected);
});
