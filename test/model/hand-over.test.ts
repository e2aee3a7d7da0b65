import { expect, it } from 'vitest';
import { adopt } from '../../src/app/release/adopt.ts';
import { verifyLane } from '../../src/app/release/verify.ts';
import { seededRandom } from '../../src/stats/random.ts';
import { verifyChain } from '../../src/ledger/verify-chain.ts';
import { governs } from '../../src/ledger/hand-over.ts';
import { currentTenure } from '../../src/ledger/state.ts';
import { checked } from '../support/model/explore.ts';
import { expectRisingDeployments } from '../support/model/invariants.ts';
import { LANE } from '../support/model/lanes.ts';
import { stateOf } from '../support/model/ledger-of.ts';
import { runAtRandom } from '../support/model/random-run.ts';
import { C, promoting, rollingBack, seasonedWorld, verifying } from '../support/model/scenes.ts';
import { Run, type Command } from '../support/model/schedule.ts';
import { samplePolicy } from '../support/model/world.ts';

/** What production is called now. */
const PROD = { model: 'bank', environment: 'prod' };
const SCHEDULES = 2000;

const renaming: Command = (ports) => adopt(ports, { lane: PROD, policy: samplePolicy(), reason: 'renamed' });
const OTHERS: Command[] = [
  promoting(C),
  promoting(C, samplePolicy(), PROD),
  rollingBack(),
  rollingBack(PROD),
  verifying(),
  renaming,
];

it('a new name among three commands on either name: deaths, lost replies, stale reads, late writes', async () => {
  const start = await seasonedWorld();
  const head = start.ledger.head();
  const last = Number(process.env['KG_SCHEDULES']) || SCHEDULES;
  let handedOver = 0;
  for (let seed = 1; seed <= last; seed++) {
    const random = seededRandom(seed);
    start.ledger.restore(head);
    const run = new Run(start.copy());
    run.log.push(`seed ${seed}`);
    run.world.blind = random.below(2) === 0;
    const others = [0, 1].map(() => OTHERS[random.below(OTHERS.length)] as Command);
    for (const [i, command] of [renaming, ...others].entries()) await run.start(`actor${i}`, command);
    await runAtRandom(run, random, { death: 4, trouble: 6, pause: 8 });
    await checked(run, expectOneLane);
    if (stateOf(run.world, LANE).closed !== undefined) handedOver++;
  }
  expect(handedOver).toBeGreaterThan(last / 4);
});

/** One lane has the tag, with all that both ever were; after a look the tag is where that lane says, and the ledger checks. */
async function expectOneLane(run: Run): Promise<void> {
  const { world } = run;
  const lanes = [LANE, PROD].filter((lane) => governs(stateOf(world, lane), samplePolicy()));
  const [lane = LANE] = lanes;
  expect(lanes).toHaveLength(1);
  world.advance(world.now + 3_600_000);
  const verifier = await run.start('verifier', (ports) => verifyLane(ports, { lane, policy: undefined }));
  await run.finish(verifier);
  const state = stateOf(world, lane);
  const current = currentTenure(state);
  expect(state.open).toBeUndefined();
  expect(world.tags.get('prod')).toBe(current?.release.digest);
  expect(state.tenures.length).toBeGreaterThanOrEqual(4);
  for (const each of [LANE, PROD]) expectRisingDeployments(world, each);
  const files = await world.ledger.readAll(world.ledger.head() as never, '');
  const { problems } = verifyChain(files);
  // The releases of the scenes were never registered.
  expect(problems.filter(({ path }) => !path.startsWith('releases/bank/digests/'))).toEqual([]);
}
