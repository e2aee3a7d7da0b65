import { describe, expect, it } from 'vitest';
import { recoverLane } from '../../../../src/app/release/recover-lane.ts';
import { verifyLane } from '../../../../src/app/release/verify.ts';
import type { LedgerStore, LedgerView } from '../../../../src/core/ledger-store.ts';
import { A, B, LANE } from '../../../support/lane-story.ts';
import type { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt } from '../../../support/release-orders.ts';

const ORDER = { lane: LANE, policy: undefined };

/** A late write of a promotion that was closed has moved the tag. */
async function strayed(): Promise<ReleaseDesk> {
  const at = await deskWith([A]);
  at.registry.has(B);
  at.diesAt('put prod');
  await expect(promoteAt(at, B)).rejects.toThrow(/killed|503/);
  await verifyLane(at.revive().ports(), ORDER);
  at.registry.tags.set('prod', B.digest);
  return at.forget();
}

/** A ledger whose first read of a file after a commit that ends so shows it as it was before that commit. */
function lagging(ledger: LedgerStore, commitOf: string): LedgerStore {
  let before: ((paths: readonly string[]) => Promise<LedgerView>) | undefined;
  let last: LedgerView | undefined;
  return {
    ...ledger,
    read: async (paths) => {
      const stale = before;
      before = undefined;
      return stale === undefined ? (last = await ledger.read(paths)) : stale(paths);
    },
    append: async (commit) => {
      const state = Object.keys(commit.files).find((path) => path.endsWith('state.json')) ?? '';
      const { head, files } = await ledger.read([state, ...Object.keys(last?.files ?? {})]);
      const written = await ledger.append(commit);
      if (commit.message.endsWith(commitOf)) before = () => Promise.resolve({ head, files });
      return written;
    },
  };
}

describe('recoverLane', () => {
  it('goes by what it has written itself, however far a look at the ledger lags', async () => {
    const at = await strayed();
    at.registry.fates.set('prod', ['silent']);
    at.liveness = 'alive';
    const ports = at.ports();
    const { recovery } = await recoverLane({ ...ports, ledger: lagging(ports.ledger, 'failed') }, ORDER);
    expect(recovery.kind).toBe('clean');
    expect(at.registry.tags.get('prod')).toBe(A.digest);
    expect(at.log.filter((effect) => effect === 'append failed')).toHaveLength(1);
  });

  it('says what it brought to its end, and how that ended', async () => {
    const at = await deskWith([A]);
    at.registry.has(B);
    at.diesAt('append moved');
    await expect(promoteAt(at, B, { comment: '7' })).rejects.toThrow(/killed|503/);
    const { recovery, resumed } = await recoverLane(at.revive().ports(), ORDER);
    expect(recovery.kind).toBe('clean');
    expect(resumed).toMatchObject({ plan: { release: B, comment: '7' }, ending: { kind: 'done' } });
    expect(await recoverLane(at.ports(), ORDER)).not.toHaveProperty('resumed');
  });

  it('leaves to its caller what their comment began and did not move, and nobody else’s', async () => {
    const at = await deskWith([A]);
    at.registry.has(B);
    at.diesAt('put prod');
    await expect(promoteAt(at, B, { comment: '7' })).rejects.toThrow(/killed|503/);
    const ports = at.revive().ports();
    expect((await recoverLane(ports, { ...ORDER, comment: '7' })).recovery.kind).toBe('abort');
    expect(at.state().open?.comment).toBe('7');
    expect((await recoverLane(ports, { ...ORDER, comment: '8' })).recovery.kind).toBe('clean');
    expect(at.state().open).toBeUndefined();
  });
});
