import { describe, expect, it } from 'vitest';
import { loadView } from '../../../../src/app/release/load-lane.ts';
import { loadSince } from '../../../../src/app/release/load-since.ts';
import { rollback } from '../../../../src/app/release/rollback.ts';
import type { LedgerStore } from '../../../../src/core/ledger-store.ts';
import { A, B, LANE } from '../../../support/lane-story.ts';
import type { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

/** Reads of the ledger show it as it was before a promotion of B, as long as `lags` says so. */
async function lagging(lags: () => boolean): Promise<{ at: ReleaseDesk; ledger: LedgerStore }> {
  const at = await deskWith([A]);
  at.registry.has(B);
  const before = at.ledger.head();
  await promoteAt(at, B);
  const read: LedgerStore['read'] = (paths) => {
    if (!lags()) return at.ledger.read(paths);
    const now = at.ledger.head();
    at.ledger.restore(before);
    const view = at.ledger.readNow(paths);
    at.ledger.restore(now);
    return Promise.resolve(view);
  };
  return { at: at.forget(), ledger: { ...at.ledger, read } };
}

describe('loadSince', () => {
  it('waits until the ledger shows what is known', async () => {
    let looks = 0;
    const { at, ledger } = await lagging(() => ++looks < 4);
    const known = await loadView(at.ledger, LANE);
    const then = at.ms;
    expect((await loadSince(at.ports('ana', ledger), known)).state).toEqual(known.state);
    expect([looks, at.ms - then]).toEqual([4, 1750]);
  });

  it('gives up in the end, and says why', async () => {
    const { at, ledger } = await lagging(() => true);
    const known = await loadView(at.ledger, LANE);
    await expect(loadSince(at.ports('ana', ledger), known)).rejects.toThrow(
      'The ledger shows bank/production as it was at entry 4, and entry 8 is written: it lags, or its history was cut off.',
    );
  });

  it('takes what is newer', async () => {
    const at = await deskWith([A, B]);
    const known = await loadView(at.ledger, LANE);
    await rollbackAt(at);
    expect((await loadSince(at.ports(), known)).state.seq).toBeGreaterThan(known.state.seq);
  });
});

describe('an operation that looks at a ledger that lags', () => {
  it('is not given up as if somebody had taken it over', async () => {
    const at = await deskWith([A, B]);
    const { ledger } = at.ports();
    let stale = 0;
    const head = at.ledger.head();
    const slow: LedgerStore = {
      ...ledger,
      // The answer to the intent is long on its way, so that the lane is read again before the tag is written.
      append: async (commit) => {
        const written = await ledger.append(commit);
        if (commit.message.endsWith('intent')) stale = 1;
        at.pass(2500);
        return written;
      },
      read: (paths) => {
        if (stale-- !== 1) return ledger.read(paths);
        const now = at.ledger.head();
        at.ledger.restore(head);
        const view = at.ledger.readNow(paths);
        at.ledger.restore(now);
        return Promise.resolve(view);
      },
    };
    const result = await rollback(at.ports('ana', slow), { lane: LANE, policy: undefined });
    expect(result).toMatchObject({ outcome: 'done', release: A });
    expect((await at.kinds()).slice(8)).toEqual(['intent', 'moved', 'deployed', 'healthy']);
  });
});
