import type { Digest } from '../../core/digest.ts';
import { digestOf } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Tag } from '../../core/image.ts';
import { MOST_MANIFEST_BYTES } from '../../core/oci-manifest.ts';
import type { Manifest, Registry } from '../../core/registry.ts';
import { MANIFEST_TYPES } from '../../core/registry.ts';
import { seen } from '../../core/seen.ts';
import { checkManifest, isDigest, readManifest } from './check-manifest.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { ManifestCache } from './manifest-cache.ts';
import { missingParts } from './missing-parts.ts';
import type { ClientOptions, RegistryRequest } from './registry-client.ts';
import { RegistryClient } from './registry-client.ts';
import type { Blob } from './upload-blob.ts';
import { uploadBlob } from './upload-blob.ts';

/** One line with all types: registries answer 404 for an index without them, and some read only the first `Accept` line. */
const ACCEPT = { accept: MANIFEST_TYPES.join(', ') };

/**
 * A repository of a registry: OCI distribution 1.1, Docker Registry v2. The media type of a manifest is the one that its bytes name, bare:
 * what a server adds or changes in `Content-Type` (`; charset=utf-8`) is neither believed nor passed on. A tag that was just written may
 * for a moment still be read as before: the caller looks again. `resolve` believes the registry's digest header; whoever decides on it
 * compares with bytes.
 */
export class HttpRegistry implements Registry {
  private readonly client: RegistryClient;
  private readonly name: string;
  private readonly fetched = new ManifestCache();

  constructor(options: ClientOptions) {
    this.client = new RegistryClient(options);
    this.name = options.name;
  }

  /** The time of the registry's last answer by its own clock (`Date`), in whole seconds; `undefined` before the first. */
  serverTime(): Date | undefined {
    return this.client.serverTime();
  }

  async resolve(tag: Tag): Promise<Digest | undefined> {
    const answer = await this.client.send({ ...this.reading(tag), method: 'HEAD', expect: [200, 404, 405] });
    if (answer.status === 404) return undefined;
    const digest = answer.status === 200 ? namedDigest(answer) : undefined;
    return digest ?? (await this.manifest(tag))?.digest;
  }

  /** One that was fetched by its digest before is not fetched again: `missing` asks whether it is still there. */
  async manifest(reference: Tag | Digest): Promise<Manifest | undefined> {
    const known = isDigest(reference) ? this.fetched.get(reference) : undefined;
    return known ?? this.fetch(reference);
  }

  private async fetch(reference: Tag | Digest): Promise<Manifest | undefined> {
    const answer = await this.client.send(this.reading(reference));
    if (answer.status === 404) return undefined;
    const digest = digestOf(answer.body);
    for (const expected of [isDigest(reference) ? reference : undefined, namedDigest(answer)])
      if (expected !== undefined && expected !== digest)
        throw otherBytes(this.called(reference), expected, digest);
    const manifest = { digest, mediaType: readManifest(answer.body, digest).mediaType, bytes: answer.body };
    if (isDigest(reference)) this.fetched.keep(manifest);
    return manifest;
  }

  async putManifest(reference: Tag | Digest, manifest: Manifest, timeoutMs: number): Promise<void> {
    checkManifest(reference, manifest);
    const answer = await this.client.send({
      method: 'PUT',
      at: `manifests/${reference}`,
      actions: 'pull,push',
      doing: `write ${this.called(reference)}`,
      expect: [200, 201, 202, 204],
      headers: { 'content-type': manifest.mediaType },
      body: { bytes: manifest.bytes },
      timeoutMs,
    });
    const named = namedDigest(answer);
    if (named !== undefined && named !== manifest.digest)
      throw otherBytes(this.called(reference), manifest.digest, named);
  }

  hasBlob(digest: Digest): Promise<boolean> {
    return this.hasBlobOf(digest, undefined);
  }

  async blob(digest: Digest, maxBytes: number): Promise<Uint8Array | undefined> {
    const answer = await this.client.send({
      method: 'GET',
      at: `blobs/${digest}`,
      actions: 'pull',
      doing: `give the blob ${digest}`,
      expect: [200, 404],
      maxBytes,
    });
    if (answer.status === 404) return undefined;
    const found = digestOf(answer.body);
    if (found !== digest) throw otherBytes(`the blob ${digest}`, digest, found);
    return answer.body;
  }

  async putBlob(blob: Blob): Promise<void> {
    if (!(await this.hasBlob(blob.digest))) await uploadBlob(this.client, blob);
  }

  missing(digest: Digest) {
    const hasBlob = (blob: Digest, size: number) => this.hasBlobOf(blob, size);
    return missingParts({ manifest: (child) => this.fetch(child), hasBlob }, digest);
  }

  private async hasBlobOf(digest: Digest, size: number | undefined): Promise<boolean> {
    const answer = await this.client.send({
      method: 'HEAD',
      at: `blobs/${digest}`,
      actions: 'pull',
      doing: `say whether the blob ${digest} is there`,
      expect: [200, 404],
      // Storage that the registry sends us to may allow its signed address for GET alone; the registry knew the blob.
      accepts: ({ url, status }) =>
        url.origin !== this.client.origin.origin && (status === 403 || status === 405),
    });
    if (answer.status !== 200) return answer.status !== 404;
    const length = answer.headers['content-length'];
    return size === undefined || length === undefined || Number(length) === size;
  }

  private reading(reference: Tag | Digest): RegistryRequest {
    return {
      method: 'GET',
      at: `manifests/${reference}`,
      actions: 'pull',
      doing: `give ${this.called(reference)}`,
      expect: [200, 404],
      headers: ACCEPT,
      maxBytes: MOST_MANIFEST_BYTES,
    };
  }

  private called(reference: Tag | Digest): string {
    return `${this.name}${isDigest(reference) ? '@' : ':'}${reference}`;
  }
}

/** The digest that the registry names in its header; `undefined` without a readable one. */
function namedDigest(answer: HttpAnswer): Digest | undefined {
  const header = answer.headers['docker-content-digest'];
  return typeof header === 'string' && /^sha256:[0-9a-f]{64}$/.test(header) ? (header as Digest) : undefined;
}

function otherBytes(what: string, expected: Digest, found: Digest): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `The registry gave other bytes for ${seen(what, 300).slice(1, -1)} than it says: expected ${expected}, saw ${found}. ` +
      'Registry or network altered them: do not use that image until it is known why.',
  );
}
