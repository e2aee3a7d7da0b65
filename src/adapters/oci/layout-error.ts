import { KnownGoodError } from '../../core/errors.ts';
import { seenName } from '../../core/seen.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission: give this user the right to read and write there',
  EPERM: 'no permission: give this user the right to read and write there',
  EROFS: 'the file system is read-only: choose another folder, or mount it writable',
  ENOSPC: 'the disk is full: make room and run it again',
  EDQUOT: 'the quota is used up: make room and run it again',
  EFBIG: 'the file would be larger than is allowed here: raise the limit (ulimit -f)',
  EEXIST: 'a file stands in the way: remove it, or choose another folder',
  ENOTDIR: 'a file stands in the way: remove it, or choose another folder',
  EISDIR: 'a folder stands in the way: remove it, or choose another folder',
  ELOOP: 'a link that cannot be followed: put real files there',
  EMFILE: 'too many open files: raise the limit (ulimit -n)',
  EIO: 'the disk reports an error: check it',
};

/** The error code of the operating system, or `undefined`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

/** Whether a file is just not there. */
export function isAbsent(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** Throws what the operating system said as a sentence; `KnownGoodError`s pass unchanged. `doing` is `read` or `write`. */
export function refuseLayout(path: string, doing: 'read' | 'write', error: unknown): never {
  if (error instanceof KnownGoodError) throw error;
  const code = codeOf(error) ?? 'an unknown error';
  const kept = doing === 'write' ? ' Its tags are as they were.' : '';
  throw new KnownGoodError(
    'unavailable',
    `The OCI image layout ${seenName(path)} cannot be ${doing === 'write' ? 'written' : 'read'} (${REASONS[code] ?? code}).${kept}`,
    { cause: error },
  );
}
