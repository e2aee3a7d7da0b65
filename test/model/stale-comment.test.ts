import { expect } from 'vitest';
import { expectOneExecution } from '../support/model/invariants.ts';
import { LANE } from '../support/model/lanes.ts';
import { testPair } from '../support/model/pair-test.ts';
import { C, promotingBy, rollingBackBy } from '../support/model/scenes.ts';

const [promote, rollBack] = [promotingBy('77', C), rollingBackBy('78')];

// Whoever died, both jobs are run again: what was rolled back from does not come back by it, and nothing is left twice.
testPair('promote and rollback by comment, both run again', [promote, rollBack], {
  commands: [rollBack, promote],
  expect: async ({ world }) => {
    for (const comment of ['77', '78'])
      expect(await expectOneExecution(world, LANE, comment)).toBeLessThan(3);
  },
});
