import { promote } from '../../../src/app/release/promote.ts';
import { rollback } from '../../../src/app/release/rollback.ts';
import { verifyLane } from '../../../src/app/release/verify.ts';
import type { Policy } from '../../../src/core/policy.ts';
import { LANE, STAGING } from './lanes.ts';
import { memoryLedger } from '../memory-ledger.ts';
import { Run, type Command } from './schedule.ts';
import { samplePolicy, sampleRelease, World } from './world.ts';

/** Releases; what became of them is said by `seasonedWorld`. */
export const A = sampleRelease('1.0.0');
export const B = sampleRelease('2.0.0');
export const C = sampleRelease('3.0.0');
export const D = sampleRelease('4.0.0');
export const E = sampleRelease('5.0.0');
type Release = ReturnType<typeof sampleRelease>;

const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };

/** The commands of the scenarios. */
export function promoting(release: Release, policy: Policy = samplePolicy(), lane = LANE): Command {
  return (ports) => promote(ports, { lane, policy, release, rules });
}
export function rollingBack(lane = LANE, release?: Release): Command {
  return (ports) => rollback(ports, { lane, policy: undefined, release });
}
export function verifying(lane = LANE): Command {
  return (ports) => verifyLane(ports, { lane, policy: undefined });
}

/** The same, asked for by a comment. */
export function promotingBy(comment: string, release: Release): Command {
  return (ports) => promote(ports, { lane: LANE, policy: samplePolicy(), release, rules, comment });
}
export function rollingBackBy(comment: string): Command {
  return (ports) => rollback(ports, { lane: LANE, policy: undefined, comment });
}

/** The policy of the other lane. */
export function atStaging(): Policy {
  const [probe] = samplePolicy().probes;
  const probes = probe === undefined ? [] : [{ ...probe, url: 'http://127.0.0.1:1/staging' }];
  return samplePolicy({ tag: 'staging', probes });
}

/**
 * Production has served A and D, which were proved healthy, E, whose soak was never over, and serves B, which is bad. Staging has rolled
 * back from D, so that it is quarantined; it serves A. C can be promoted.
 */
export async function seasonedWorld(): Promise<World> {
  const world = new World(memoryLedger());
  const run = new Run(world);
  const obey = async (command: Command) => {
    await run.finish(await run.start(`setup${run.actors.length}`, command), 2000);
  };
  await obey(promoting(A));
  await obey(promoting(D));
  await obey(promoting(E, samplePolicy({ soakMs: 3_600_000 })));
  await obey(promoting(A, atStaging(), STAGING));
  await obey(promoting(D, atStaging(), STAGING));
  await obey(rollingBack(STAGING));
  world.bad.add(B.digest);
  await obey(promoting(B));
  world.advance(world.now + 86_400_000);
  return world;
}
