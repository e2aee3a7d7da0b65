import { expect, it } from 'vitest';
import { createServerTimer } from '../../../../src/adapters/github/server-timer.ts';

it.each([
  ['agrees', 0, '2026-05-01T10:00:00.000Z'],
  ['differs by less than the header can tell', 2900, '2026-05-01T10:00:00.000Z'],
  ['is ahead', 180_000, '2026-05-01T10:03:00.000Z'],
  ['is behind', -7_200_000, '2026-05-01T08:00:00.000Z'],
])('GitHub’s clock %s', (_, aheadMs, expected) => {
  const machine = { now: () => new Date('2026-05-01T10:00:00Z'), sleep: () => Promise.resolve() };
  expect(createServerTimer({ aheadMs }, machine).now().toISOString()).toBe(expected);
});
