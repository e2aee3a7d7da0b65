import { describe, expect, it } from 'vitest';
import { lockLane, unlockLane } from '../../../../src/app/release/lock.ts';
import { releaseQuarantined } from '../../../../src/app/release/release-quarantined.ts';
import type { LedgerCommit } from '../../../../src/core/ledger-store.ts';
import { verifyChain } from '../../../../src/ledger/verify-chain.ts';
import { LedgerBook, PRODUCTION, STAGING } from '../../../support/ledger-book.ts';
import { bookPorts } from '../../../support/release-world.ts';

async function expectWhole(book: LedgerBook): Promise<void> {
  expect(verifyChain(await book.files()).problems).toEqual([]);
}

/** Two lanes that both rolled back from 1.8.0. */
function quarantined(): LedgerBook {
  const book = new LedgerBook();
  const [good, bad] = [book.register('1.7.0'), book.register('1.8.0')];
  for (const lane of [STAGING, PRODUCTION]) {
    book.move(lane, good);
    book.move(lane, bad);
    book.rollBack(lane, good, 'wrong answers');
  }
  return book;
}

describe('lock and unlock', () => {
  it('lock once, and say by whom', async () => {
    const book = new LedgerBook();
    const ports = bookPorts(book);
    const first = await lockLane(ports, { lane: PRODUCTION, reason: 'audit' });
    expect(first).toMatchObject({ outcome: 'done', undo: 'unlock bank/production' });
    const again = await lockLane(ports, { lane: PRODUCTION, reason: 'mine' });
    expect(again).toMatchObject({ outcome: 'refused', reasons: [{ code: 'locked' }] });
    expect(again.message).toContain('by ben since');
    expect(await unlockLane(ports, { lane: PRODUCTION })).toMatchObject({ outcome: 'done' });
    expect(await unlockLane(ports, { lane: PRODUCTION })).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'not-locked' }],
    });
    await expectWhole(book);
  });

  it('write nothing when only asked what would happen', async () => {
    const book = new LedgerBook();
    const order = { lane: PRODUCTION, reason: 'audit', dryRun: true };
    expect(await lockLane(bookPorts(book), order)).toMatchObject({ outcome: 'planned' });
    expect(book.ledger.head()).toBeUndefined();
  });
});

describe('releaseQuarantined', () => {
  it('writes to every lane that left it, in one commit', async () => {
    const book = quarantined();
    const commits: LedgerCommit[] = [];
    const ports = bookPorts(book);
    const ledger = {
      ...ports.ledger,
      append: (commit: LedgerCommit) => {
        commits.push(commit);
        return book.ledger.append(commit);
      },
    };
    const order = { model: 'bank', release: '1.8.0', reason: 'the feature store was down' };
    const result = await releaseQuarantined({ ...ports, ledger }, order);
    expect(result).toMatchObject({ outcome: 'done', release: { version: '1.8.0' } });
    expect(result.lanes).toHaveLength(2);
    expect(commits).toHaveLength(1);
    for (const lane of [STAGING, PRODUCTION]) {
      expect(book.view(lane).state.left).toEqual([]);
      expect(book.view(lane).quarantine).toEqual([]);
    }
    await expectWhole(book);
  });

  it.each(['bank@1.8.0', '1.8.0', 'digest'])('finds it by %s', async (name) => {
    const book = quarantined();
    const digest = book.view(PRODUCTION).state.left[0]?.digest ?? '';
    const release = name === 'digest' ? digest.slice(0, 'sha256:'.length + 12) : name;
    const order = { model: 'bank', release, reason: 'repaired' };
    expect(await releaseQuarantined(bookPorts(book), order)).toMatchObject({ outcome: 'done' });
  });

  it('refuses one that is not quarantined', async () => {
    const order = { model: 'bank', release: '1.7.0', reason: 'repaired' };
    expect(await releaseQuarantined(bookPorts(quarantined()), order)).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'not-quarantined' }],
    });
  });

  it('sees after a lost answer that it was done', async () => {
    const book = quarantined();
    const ports = bookPorts(book);
    let answers = 0;
    const ledger = {
      ...ports.ledger,
      append: async (commit: LedgerCommit) => {
        const appended = await book.ledger.append(commit);
        if (++answers === 1) throw new Error('the line is dead');
        return appended;
      },
    };
    const order = { model: 'bank', release: '1.8.0', reason: 'repaired' };
    const result = await releaseQuarantined({ ...ports, ledger }, order);
    expect(result).toMatchObject({ outcome: 'done', head: book.ledger.head() });
    expect(answers).toBe(1);
  });

  it('begins again when another lane was faster', async () => {
    const book = quarantined();
    const ports = bookPorts(book);
    let races = 0;
    const ledger = {
      ...ports.ledger,
      append: (commit: LedgerCommit) => {
        if (++races === 1) book.look(STAGING, 'observed');
        return book.ledger.append(commit);
      },
    };
    const order = { model: 'bank', release: '1.8.0', reason: 'repaired' };
    expect(await releaseQuarantined({ ...ports, ledger }, order)).toMatchObject({ outcome: 'done' });
    expect(races).toBe(2);
    await expectWhole(book);
  });
});
