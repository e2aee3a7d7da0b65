import type { Digest } from '../../core/digest.ts';
import type { Manifest } from '../../core/registry.ts';

/** Bytes of manifests that are kept; as much as one manifest may have. */
const MOST_BYTES = 4 * 2 ** 20;

/**
 * Manifests that were fetched a short time ago, by the digest of their bytes, which cannot be others later. Whether a registry still has one
 * is another question, which this does not answer. The oldest ones make room.
 */
export class ManifestCache {
  private readonly kept = new Map<Digest, Manifest>();
  private bytes = 0;

  get(digest: Digest): Manifest | undefined {
    return this.kept.get(digest);
  }

  keep(manifest: Manifest): void {
    const { digest, bytes } = manifest;
    if (this.kept.has(digest) || bytes.length > MOST_BYTES) return;
    this.kept.set(digest, manifest);
    this.bytes += bytes.length;
    for (const [oldest, { bytes: others }] of this.kept) {
      if (this.bytes <= MOST_BYTES) return;
      this.kept.delete(oldest);
      this.bytes -= others.length;
    }
  }
}
