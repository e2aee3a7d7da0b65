import type { Digest } from './digest.ts';
import type { ImageRepository, Tag } from './image.ts';

/** The manifest types that are moved: OCI and Docker, single images and indexes. */
export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

/** A manifest as it lies in the registry: the raw bytes, their own digest (recomputed, never the header's), their media type. */
export interface Manifest {
  digest: Digest;
  mediaType: string;
  bytes: Uint8Array;
}

/** A part of an image that could not be found, and which one it is. */
export interface MissingPart {
  what: 'manifest' | 'config' | 'layer';
  digest: Digest;
}

/** What is to be stored as a blob: bytes at hand, or a file that is streamed. */
export type BlobSource = { bytes: Uint8Array } | { path: string };

/** Opens image repositories. Nothing is contacted before the first method of the repository is called. */
export interface Registries {
  open(image: ImageRepository): Registry;
}

/**
 * One image repository. Every method rejects with a `KnownGoodError`: `unavailable` where the registry did not answer,
 * answered wrongly (other bytes than the digest says, a truncated body) or refused (authorization, immutable tags), with what
 * to do; credentials are in no message. Absent things are values, not errors.
 */
export interface Registry {
  /** The digest that a tag points at, by the cheapest means (HEAD); `undefined` when there is no such tag. */
  resolve(tag: Tag): Promise<Digest | undefined>;
  /**
   * The manifest behind a tag or digest, hashed again: with a digest, other bytes are an error. `undefined` when absent. By digest it may be
   * what this object fetched before: `missing` tells whether it is there now.
   */
  manifest(reference: Tag | Digest): Promise<Manifest | undefined>;
  /**
   * Stores the manifest's very bytes under a tag or under its own digest. Rejects when the registry has not answered within `timeoutMs`:
   * it may or may not have been written then.
   */
  putManifest(reference: Tag | Digest, manifest: Manifest, timeoutMs: number): Promise<void>;
  /** Whether the blob is there. */
  hasBlob(digest: Digest): Promise<boolean>;
  /** The bytes of a blob of at most `maxBytes`, hashed; `undefined` when absent. */
  blob(digest: Digest, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Stores a blob of `size` bytes unless it is there; other bytes than `digest` says are an error. */
  putBlob(blob: { digest: Digest; size: number; source: BlobSource }): Promise<void>;
  /**
   * Asks for the manifest, every child of an index, and their configs and layers, concurrently; the parts that are not there.
   * Empty = pullable.
   */
  missing(digest: Digest): Promise<readonly MissingPart[]>;
}
