import { KnownGoodError } from '../core/errors.ts';
import type { LedgerStore } from '../core/ledger-store.ts';

/**
 * A ledger whose errors begin with "Nothing was changed" while nothing was tried to be appended: every command reads before it changes
 * anything, and no tag moves before its intent is appended.
 */
export function unchangedLedger(ledger: LedgerStore): LedgerStore {
  let tried = false;
  const asked = <T>(answer: Promise<T>): Promise<T> =>
    answer.catch((error: unknown) => {
      if (tried || !(error instanceof KnownGoodError) || error.code !== 'unavailable') throw error;
      throw new KnownGoodError(error.code, `Nothing was changed. ${error.message}`, { cause: error });
    });
  return {
    read: (paths) => asked(ledger.read(paths)),
    list: (head, folder) => asked(ledger.list(head, folder)),
    readAll: (head, folder) => asked(ledger.readAll(head, folder)),
    contains: (head, ancestor) => asked(ledger.contains(head, ancestor)),
    append: (commit) => {
      tried = true;
      return ledger.append(commit);
    },
  };
}
