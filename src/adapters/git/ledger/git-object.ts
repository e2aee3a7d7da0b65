import { createHash } from 'node:crypto';
import type { Head } from '../../../core/ledger-store.ts';

/** How a repository names its objects: 40 hex digits by SHA-1, or 64 by SHA-256. */
export type ObjectFormat = 'sha1' | 'sha256';

export type ObjectKind = 'commit' | 'tree' | 'blob';

/** An object of a repository that is yet to be written. */
export interface GitObject {
  kind: ObjectKind;
  id: string;
  bytes: Uint8Array;
}

/** The object with its name: the digest of `<kind> <length>\0<bytes>` (gitformat-loose, "object names"). */
export function gitObject(format: ObjectFormat, kind: ObjectKind, bytes: Uint8Array): GitObject {
  const id = createHash(format).update(`${kind} ${bytes.length}\0`).update(bytes).digest('hex');
  return { kind, id, bytes };
}

/** Whether a text is the whole name of an object: 40 or 64 lower-case hex digits. */
export function isObjectId(text: string): text is Head {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
