import { expect, it } from 'vitest';
import { KnownGoodError, type ErrorCode } from '../../../src/core/errors.ts';
import type { LedgerStore } from '../../../src/core/ledger-store.ts';
import { unchangedLedger } from '../../../src/entry/unchanged-ledger.ts';

function broken(code: ErrorCode): LedgerStore {
  const fail = () => Promise.reject(new KnownGoodError(code, 'It does not answer.'));
  return { read: fail, list: fail, readAll: fail, contains: fail, append: fail };
}

const messageOf = (promise: Promise<unknown>) => promise.catch((error: Error) => error.message);
const COMMIT = { parent: undefined, files: {}, message: 'x' };

it('says that nothing was changed until something was tried', async () => {
  const ledger = unchangedLedger(broken('unavailable'));
  expect(await messageOf(ledger.read([]))).toBe('Nothing was changed. It does not answer.');
  expect(await messageOf(ledger.append(COMMIT))).toBe('It does not answer.');
  expect(await messageOf(ledger.read([]))).toBe('It does not answer.');
});

it('leaves errors of what was asked as they are', async () => {
  expect(await messageOf(unchangedLedger(broken('input')).read(['a']))).toBe('It does not answer.');
});
