import { expect, it } from 'vitest';
import { currentTenure } from '../../../src/ledger/state.ts';
import { explore } from './explore.ts';
import {
  expectKnownGoodOnly,
  expectNothingLeftServes,
  expectOneChain,
  expectRestAfterOneVerify,
  expectRisingDeployments,
  expectSettled,
} from './invariants.ts';
import { LANE } from './lanes.ts';
import { stateOf } from './ledger-of.ts';
import { Run, type Command } from './schedule.ts';
import { A, B, D, seasonedWorld } from './scenes.ts';

/** Commands that are given once the others have ended, by whoever is left; and what must hold then. */
export interface Afterwards {
  commands: readonly Command[];
  /** How many of the two may die; one if not said. */
  deaths?: number;
  expect(run: Run): Promise<void>;
}

/**
 * Explores two commands that are given at the same time, in all ways in which they can meet, with a death at every effect; with `afterwards`
 * each of those endings is gone on from.
 */
export function testPair(
  name: string,
  [one, other]: readonly [Command, Command],
  afterwards?: Afterwards,
): void {
  it(`${name}: every interleaving, with a death at every effect`, async () => {
    const start = await seasonedWorld();
    const head = start.ledger.head();
    const explored = await explore({
      deaths: afterwards?.deaths ?? 1,
      begin: async () => {
        start.ledger.restore(head);
        const run = new Run(start.copy());
        await run.start('one', one);
        await run.start('other', other);
        return run;
      },
      check: async (run) => {
        expectSettled(run, LANE, 'prod');
        if (name === 'rollback and rollback') expectBothAtA(run);
        for (const command of afterwards?.commands ?? [])
          await run.finish(await run.start(`again${run.actors.length}`, command));
        await afterwards?.expect(run);
        await expectRestAfterOneVerify(run, LANE, 'prod');
        expectNothingLeftServes(run.world, LANE);
        await expectOneChain(run.world, LANE);
        await expectKnownGoodOnly(run.world, LANE, { quarantined: [D.digest], innocent: [A.digest] });
        expectRisingDeployments(run.world, LANE);
        expect(run.world.strangeWrites).toEqual([]);
      },
    });
    console.log(`${name}: ${explored.states} states, ${explored.ends} ends`);
    expect(explored.ends).toBeGreaterThan(100);
  });
}

/** Two rollbacks that were asked for in the same state end at the same release, and what they leave is B alone. */
function expectBothAtA({ actors, world }: Run): void {
  const state = stateOf(world, LANE);
  if (actors.every(({ crashed }) => !crashed)) {
    expect(currentTenure(state)?.release.version).toBe(A.version);
    for (const { result } of actors) {
      expect(result?.release?.version ?? result?.reasons?.[0]?.code).toMatch(/^(1\.0\.0|recently-restored)$/);
    }
  }
  expect(state.left.filter(({ version }) => version !== B.version)).toEqual([]);
}
