import { KnownGoodError } from '../../../core/errors.ts';
import { seenName } from '../../../core/seen.ts';

/** The error for a file of the ledger whose blob GitHub does not have. */
export function damaged(path: string): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `${seenName(path)} in the ledger cannot be read, although its folder names it; run it again, and look at the branch's log.`,
  );
}

/** The error for a name that is a folder on the branch and a file in an append, or the reverse. */
export function misplaced(path: string): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `The ledger has a file where a folder belongs, or the reverse, at ${seenName(path)}: somebody else wrote it. Look at the branch's log.`,
  );
}
