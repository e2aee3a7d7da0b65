import { expect } from 'vitest';
import type { Release } from '../../../src/core/release.ts';
import { currentTenure } from '../../../src/ledger/state.ts';
import { expectOneExecution } from './invariants.ts';
import { LANE } from './lanes.ts';
import { stateOf } from './ledger-of.ts';
import type { Afterwards } from './pair-test.ts';
import type { Command } from './schedule.ts';

/** The job of a comment is run again twice: whatever had become of it, it is carried out once, and `release` serves then. */
export function runAgain(comment: string, command: Command, release: Release): Afterwards {
  return {
    commands: [command, command],
    deaths: 2,
    expect: async ({ world, actors }) => {
      for (const { error, result } of actors.slice(2))
        expect(result?.outcome ?? error).toMatch(/^(?:done|nothing)$/);
      expect(actors.at(-1)?.result?.outcome).toBe('nothing');
      expect(await expectOneExecution(world, LANE, comment)).toBeGreaterThan(0);
      expect(currentTenure(stateOf(world, LANE))?.release.digest).toBe(release.digest);
    },
  };
}
