import { expect, it } from 'vitest';
import { randomIds } from '../../../../src/adapters/process/random-ids.ts';

it('makes names of 128 bits, never the same twice', () => {
  const ids = randomIds();
  const names = Array.from({ length: 1000 }, () => ids.next());
  expect(new Set(names).size).toBe(1000);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{32}$/);
});
