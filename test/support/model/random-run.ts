import type { SeededRandom } from '../../../src/stats/random.ts';
import type { Fate } from './actor.ts';
import type { Run } from './schedule.ts';

/** A write that was asked for gets on its way within this time. */
const ON_ITS_WAY_MS = 2000;
const LEASE_AND_MORE_MS = 600_000;

/** How often, in a hundred, the unlikely happens. */
export interface Odds {
  death: number;
  trouble: number;
  pause: number;
}

/** Runs the actors to their end in an order of chance: deaths, lost replies, stale reads, late writes, pauses, leases that end. */
export async function runAtRandom(run: Run, random: SeededRandom, odds: Odds): Promise<void> {
  const happens = (percent: number) => random.below(100) < percent;
  for (let step = 0; step < 3000; step++) {
    const ready = readyOperations(run);
    if (ready.length === 0) return;
    if (happens(odds.pause)) pause(run, random);
    if (run.world.late.length > 0 && happens(20)) run.world.land(run.world.late[0] as never);
    const { actor, operation } = ready[random.below(ready.length)] as (typeof ready)[number];
    const pending = run.actors[actor]?.pending[operation];
    if (pending === undefined) continue;
    const fates: readonly Fate[] = happens(odds.trouble) ? pending.fates : [];
    const fate = fates[random.below(Math.max(1, fates.length))] ?? 'done';
    const dies =
      pending.effect && happens(odds.death)
        ? { dies: happens(50) ? ('before' as const) : ('after' as const) }
        : {};
    await run.take({ actor, operation, fate, ...dies });
  }
  throw new Error(`No end:\n${run.log.slice(-60).join('\n')}`);
}

/** What can happen next: nobody wakes before a write that is under way has had to be sent. */
function readyOperations(run: Run): { actor: number; operation: number }[] {
  const latest = latestTime(run);
  return run.actors.flatMap(({ pending }, actor) =>
    pending.flatMap(({ name, since }, operation) => {
      const wakesAt = name.startsWith('sleep ') ? since + Number(name.slice('sleep '.length)) : since;
      return wakesAt > latest ? [] : [{ actor, operation }];
    }),
  );
}

/** How far time can go: a write that was asked for gets on its way within two seconds. */
function latestTime({ actors }: Run): number {
  const writes = actors.flatMap(({ pending }) => pending.filter(({ name }) => name === 'put tag'));
  return Math.min(...writes.map(({ since }) => since + ON_ITS_WAY_MS));
}

/** Time passes: a little, or beyond all leases; never so much that a write under way would have to be later than can be. */
function pause(run: Run, random: SeededRandom): void {
  const { world } = run;
  const ms = random.below(4) === 0 ? LEASE_AND_MORE_MS : 1 + random.below(3000);
  world.advance(Math.min(world.now + ms, Math.max(world.now, latestTime(run))));
}
