import type { LedgerStore } from '../../core/ledger-store.ts';

/** What opens a ledger for writing. */
export interface LedgerGate {
  /** Once it rejects, nothing is read any more either: whoever still works behind the gate comes to an end. */
  allowed: Promise<void>;
  /** Asked right before each append; throws where it is not to be written after all. */
  check(): void;
}

/**
 * A ledger that is read at once and appended to only once `allowed` resolves; where that rejects, nothing is ever appended. An operation has no
 * effect before its intent is appended, so all that it reads before may be read while the permission is still being asked for.
 */
export function gatedLedger(ledger: LedgerStore, { allowed, check }: LedgerGate): LedgerStore {
  let shut: { reason: unknown } | undefined;
  allowed.catch((reason: unknown) => (shut = { reason }));
  const behind = <T>(read: () => Promise<T>): Promise<T> =>
    shut === undefined ? read() : Promise.reject(shut.reason);
  return {
    read: (paths) => behind(() => ledger.read(paths)),
    list: (head, folder) => behind(() => ledger.list(head, folder)),
    readAll: (head, folder) => behind(() => ledger.readAll(head, folder)),
    contains: (head, ancestor) => behind(() => ledger.contains(head, ancestor)),
    append: async (commit) => {
      await allowed;
      check();
      return ledger.append(commit);
    },
  };
}
