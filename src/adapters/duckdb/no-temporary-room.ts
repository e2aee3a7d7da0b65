import { KnownGoodError } from '../../core/errors.ts';

/** The `unavailable` error of a temporary folder that cannot be written, or not any more. */
export function noTemporaryRoom(cause: unknown): KnownGoodError {
  const code = String((cause as { code?: unknown } | undefined)?.code ?? '');
  const full = code === '' || code === 'ENOSPC' || code === 'EDQUOT';
  const what = full
    ? 'There is no more room in the temporary folder, where logs are unpacked and kept while they are asked.'
    : `The temporary folder cannot be written (${code}).`;
  const todo = 'Free some disk space, or set TMPDIR to a folder on a larger disk.';
  return new KnownGoodError(
    'unavailable',
    `${what} ${full ? todo : 'Set TMPDIR to a folder that may be written.'}`,
    { cause },
  );
}
