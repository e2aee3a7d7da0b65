import { describe, expect, it } from 'vitest';
import { laneHistory } from '../../../src/app/release/history.ts';
import type { LedgerView } from '../../../src/core/ledger-store.ts';
import { LedgerBook, PRODUCTION } from '../../support/ledger-book.ts';
import { bookPorts } from '../../support/release-world.ts';

describe('the history of a lane', () => {
  it('names what took an operation over, and what pointed the tag back', async () => {
    const book = new LedgerBook();
    const [one, two] = [book.register('1.0.0'), book.register('1.1.0')];
    book.move(PRODUCTION, one);
    book.intend(PRODUCTION, two);
    book.rollBack(PRODUCTION, one, 'stuck');
    book.move(PRODUCTION, one, { action: 'repair', from: two.digest });
    const { rows } = await laneHistory(bookPorts(book), PRODUCTION, 20);
    expect(rows.map((row) => (row.kind === 'operation' ? [row.action, row.ending.kind] : row.kind))).toEqual([
      ['repair', 'repaired'],
      ['rollback', 'serves'],
      ['promote', 'taken-over'],
      ['promote', 'rolled-back'],
    ]);
  });

  it('reads no more files the longer the lane is', async () => {
    const reads = async (moves: number): Promise<number> => {
      const book = new LedgerBook();
      const release = book.register('1.0.0');
      for (let i = 0; i < moves; i++) book.move(PRODUCTION, release);
      const ports = bookPorts(book);
      let files = 0;
      const ledger = {
        ...ports.ledger,
        read: async (paths: readonly string[]): Promise<LedgerView> => {
          files += paths.length;
          return ports.ledger.read(paths);
        },
      };
      const history = await laneHistory({ ...ports, ledger }, PRODUCTION, 5);
      expect(history.rows).toHaveLength(5);
      expect(history.more).toBe(true);
      return files;
    };
    expect(await reads(600)).toBe(await reads(10));
  });
});
