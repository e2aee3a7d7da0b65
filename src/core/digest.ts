import { createHash } from 'node:crypto';
import * as z from 'zod';
import { KnownGoodError } from './errors.ts';

/** `sha256:` and 64 lower-case hex digits. Made only by `parseDigest` and `digestOf`. */
export type Digest = string & { readonly __brand: 'Digest' };

/** Parses `sha256:<64 hex>`; anything else is an `input` error that shows what was seen. */
export function parseDigest(text: string): Digest {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text as Digest;
  throw new KnownGoodError(
    'input',
    `Not a digest: saw ${JSON.stringify(text.slice(0, 100))}, expected sha256: and 64 hex digits.`,
  );
}

/** A digest in a JSON document. */
export const digestSchema = z.custom<Digest>(
  (value) => typeof value === 'string' && /^sha256:[0-9a-f]{64}$/.test(value),
  { error: 'sha256: and 64 hex digits' },
);

/** The SHA-256 digest of some bytes. */
export function digestOf(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;
}

/** One regular file of an artifact: its path relative to the folder with `/` separators, size in bytes, digest. */
export interface ArtifactFile {
  path: string;
  size: number;
  digest: Digest;
}

/**
 * The digest of an artifact folder: SHA-256 of the lines `<sha256 hex>  <path>\n` of all regular files,
 * sorted by the bytes of the path. It is what `sha256sum` prints for the sorted files, hashed again.
 */
export function artifactDigest(files: readonly ArtifactFile[]): Digest {
  const sorted = files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  return digestOf(sorted.map((file) => `${file.digest.slice('sha256:'.length)}  ${file.path}\n`).join(''));
}
