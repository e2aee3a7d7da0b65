import { createGitHubLedger } from '../../../src/adapters/github/ledger/create-github-ledger.ts';
import type { LedgerStore } from '../../../src/core/ledger-store.ts';
import { clientDesk } from './client-desk.ts';
import type { ClientDesk } from './client-desk.ts';

/** The branch that ledgers are on. */
export const BRANCH = 'known-good-ledger';

/** A store of its own on a GitHub. */
export function ledgerOf(desk: ClientDesk): LedgerStore {
  return createGitHubLedger({ client: desk.open() });
}

/** A ledger with one commit; nothing was asked since. */
export async function begun(files: Record<string, string> = { a: '1' }) {
  const desk = await clientDesk();
  const ledger = ledgerOf(desk);
  const appended = await ledger.append({ parent: undefined, files, message: 'begin' });
  if (appended.kind !== 'appended') throw new Error('The append was lost.');
  desk.github.requests.length = 0;
  return { ...desk, ledger, head: appended.head };
}

/** The error that a promise is rejected with. */
export async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing went wrong'),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}
