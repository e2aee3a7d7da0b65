import { expect, it } from 'vitest';
import { seededRandom, type SeededRandom } from '../../../src/stats/random.ts';
import { checked } from './explore.ts';
import {
  expectKnownGoodOnly,
  expectOneChain,
  expectOneExecution,
  expectRestAfterOneVerify,
  expectRisingDeployments,
  expectSettled,
} from './invariants.ts';
import { LANE, STAGING } from './lanes.ts';
import { entriesOf } from './ledger-of.ts';
import { runAtRandom } from './random-run.ts';
import {
  A,
  atStaging,
  B,
  C,
  D,
  promoting,
  promotingBy,
  rollingBack,
  rollingBackBy,
  seasonedWorld,
  verifying,
} from './scenes.ts';
import { Run, type Command } from './schedule.ts';

/** One comment each; a job that is run again, or a delivery that comes twice, gives the same command. */
const BY_COMMENT = [promotingBy('77', C), rollingBackBy('78')];
const HERE: Command[] = [
  promoting(C),
  rollingBack(),
  rollingBack(),
  rollingBack(LANE, A),
  verifying(),
  ...BY_COMMENT,
  ...BY_COMMENT,
];
const ELSEWHERE: Command[] = [
  promoting(C, atStaging(), STAGING),
  promoting(B, atStaging(), STAGING),
  verifying(STAGING),
];

/** Four actors with commands of chance, three of them in one lane, under `count` schedules; each is named by its seed. */
export function testRandomSchedules(first: number, count: number): void {
  it(`four actors, seeds ${first} to ${first + count - 1}`, async () => {
    const start = await seasonedWorld();
    const head = start.ledger.head();
    const last = first + (Number(process.env['KG_SCHEDULES']) || count);
    for (let seed = first; seed < last; seed++) {
      const random = seededRandom(seed);
      start.ledger.restore(head);
      const run = new Run(start.copy());
      run.log.push(`seed ${seed}`);
      run.world.blind = random.below(2) === 0;
      for (const [i, command] of commands(random).entries()) {
        await run.start(i < 3 ? `here${i}` : 'elsewhere', command);
      }
      await runAtRandom(run, random, { death: 4, trouble: 6, pause: 8 });
      await checked(run, check);
    }
    expect(count).toBeGreaterThan(0);
  });
}

function commands(random: SeededRandom): Command[] {
  const here = [0, 1, 2].map(() => HERE[random.below(HERE.length)] as Command);
  return [...here, ELSEWHERE[random.below(ELSEWHERE.length)] as Command];
}

const LANES = [
  { lane: LANE, tag: 'prod', own: /^(?:setup|verifier|here)/ },
  { lane: STAGING, tag: 'staging', own: /^(?:setup|verifier|elsewhere)/ },
];

async function check(run: Run): Promise<void> {
  const { world } = run;
  expectSettled(run, LANE, 'prod');
  expect(world.strangeWrites).toEqual([]);
  for (const { lane, tag, own } of LANES) {
    await expectRestAfterOneVerify(run, lane, tag);
    await expectOneChain(world, lane);
    expectRisingDeployments(world, lane);
    const strangers = (await entriesOf(world, lane)).filter(({ entry }) => !own.test(entry.actor.name));
    expect(strangers).toEqual([]);
  }
  for (const comment of ['77', '78']) await expectOneExecution(world, LANE, comment);
  await expectKnownGoodOnly(world, LANE, { quarantined: [D.digest], innocent: [A.digest] });
}
