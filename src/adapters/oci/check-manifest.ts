import type { Digest } from '../../core/digest.ts';
import { digestOf } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Tag } from '../../core/image.ts';
import type { OciManifest } from '../../core/oci-manifest.ts';
import { MOST_MANIFEST_BYTES, parseManifest } from '../../core/oci-manifest.ts';
import type { Manifest } from '../../core/registry.ts';
import { seen } from '../../core/seen.ts';

/** Whether a reference is a digest. Tags hold no colon. */
export function isDigest(reference: Tag | Digest): reference is Digest {
  return reference.includes(':');
}

/** Parses a manifest that a registry gave; one that is none, or of an unsupported kind, is an `unavailable` error. */
export function readManifest(bytes: Uint8Array, digest: Digest): OciManifest {
  try {
    return parseManifest(bytes, `The manifest ${digest}`);
  } catch (error) {
    if (!(error instanceof KnownGoodError)) throw error;
    throw new KnownGoodError('unavailable', error.message, { cause: error.cause });
  }
}

/** Refuses to store a manifest whose digest, reference, media type or size does not fit its bytes: an `internal` or `input` error. */
export function checkManifest(reference: Tag | Digest, manifest: Manifest): void {
  const { digest, bytes, mediaType } = manifest;
  const actual = digestOf(bytes);
  if (actual !== digest || (isDigest(reference) && reference !== digest))
    throw new KnownGoodError(
      'internal',
      `A manifest of ${actual} was to be stored as ${reference} (${digest}).`,
    );
  if (bytes.length > MOST_MANIFEST_BYTES)
    throw new KnownGoodError(
      'input',
      `The manifest ${digest} has ${bytes.length} bytes; at most 4 MiB are allowed.`,
    );
  const named = parseManifest(bytes, `The manifest ${digest}`).mediaType;
  if (named !== mediaType)
    throw new KnownGoodError(
      'input',
      `The manifest ${digest} is ${named}, but was to be stored as ${seen(mediaType, 100)}.`,
    );
}
