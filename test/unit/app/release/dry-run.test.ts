import { describe, expect, it } from 'vitest';
import { adopt } from '../../../../src/app/release/adopt.ts';
import { exitCodeOf, type LaneResult } from '../../../../src/promotion/lane-result.ts';
import { A, B, C, LANE, samplePolicy, sampleRelease } from '../../../support/lane-story.ts';
import type { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

const X = sampleRelease('by hand');
const dryRun = true;

/** Lanes in every condition that a command would otherwise repair. */
const LANES: [string, (at: ReleaseDesk) => Promise<unknown>][] = [
  ['at rest', async () => undefined],
  ['drifted', async (at) => at.registry.has(X, 'prod')],
  ['cut off before the tag', (at) => dies(at, 'put prod-9')],
  ['cut off before the deployment', (at) => dies(at, 'deploy 3.0.0')],
  [
    'moved by a late write',
    async (at) => {
      at.registry.fates.set('prod', ['refused']);
      await promoteAt(at, C);
      at.registry.tags.set('prod', C.digest);
    },
  ],
];

async function dies(at: ReleaseDesk, effect: string): Promise<void> {
  await expect(promoteAt(at.diesAt(effect), C)).rejects.toThrow();
  expect(at.revive().state().open).toBeDefined();
}

async function desk(happens: (at: ReleaseDesk) => Promise<unknown>): Promise<ReleaseDesk> {
  const at = await deskWith([A, B]);
  at.registry.has(C);
  await happens(at);
  return at.forget();
}

const COMMANDS: [string, (at: ReleaseDesk) => Promise<LaneResult>][] = [
  ['promote', (at) => promoteAt(at, C, { dryRun })],
  ['rollback', (at) => rollbackAt(at, { dryRun })],
  ['rollback to a release', (at) => rollbackAt(at, { release: A, dryRun })],
  ['adopt', (at) => adopt(at.ports(), { lane: LANE, policy: samplePolicy(), reason: 'r', dryRun })],
];

describe.each(LANES)('--dry-run in a lane that is %s', (_, happens) => {
  it.each(COMMANDS)('%s writes nothing and waits for nothing', async (__, command) => {
    const at = await desk(happens);
    const before = { head: at.ledger.head(), tags: new Map(at.registry.tags), ms: at.ms };
    const result = await command(at);
    expect(at.log).toEqual([]);
    expect({ head: at.ledger.head(), tags: at.registry.tags, ms: at.ms }).toEqual(before);
    expect(['planned', 'nothing', 'refused']).toContain(result.outcome);
  });
});

describe('--dry-run', () => {
  it('promote: the plan, and what it would say', async () => {
    const at = await desk(async () => undefined);
    const result = await promoteAt(at, C, { dryRun });
    expect(result).toMatchObject({
      outcome: 'planned',
      message: `Would promote 3.0.0 (${C.digest.slice(0, 19)}) to bank/production.`,
      from: B.digest,
      release: C,
      plan: { kind: 'operate', action: 'promote' },
    });
    expect(exitCodeOf(result)).toBe(0);
  });

  it('rollback: where it would go, and who is passed over', async () => {
    const at = await desk(async () => undefined);
    expect(await rollbackAt(at, { dryRun })).toMatchObject({
      outcome: 'planned',
      message: `Would roll bank/production back to 1.0.0 (${A.digest.slice(0, 19)}).`,
      passedOver: [{ rejected: { rule: 'being-left' } }],
      plan: { leaves: { digest: B.digest } },
    });
  });

  it('adopt: what would be adopted', async () => {
    const at = await desk(async (it) => it.registry.has(X, 'prod'));
    const result = await adopt(at.ports(), { lane: LANE, policy: samplePolicy(), reason: 'r', dryRun });
    expect(result.message).toMatch(/^Would adopt adopted-[0-9a-f]{12} \(sha256:[0-9a-f]{12}\)\.$/);
  });

  it('rollback: a live rollback is told of at once, not followed', async () => {
    const at = await desk(async (it) => {
      it.registry.fates.set('prod', ['dark']);
      await rollbackAt(it).catch(() => undefined);
      it.registry.down = false;
      it.liveness = 'alive';
    });
    const { ms } = at;
    await rollbackAt(at, { dryRun });
    expect(at.ms).toBe(ms);
  });
});
