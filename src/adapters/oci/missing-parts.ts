import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Descriptor } from '../../core/oci-manifest.ts';
import type { Manifest, MissingPart } from '../../core/registry.ts';
import { readManifest } from './check-manifest.ts';
import { runBounded } from '../../core/run-bounded.ts';

/** Requests at a time. */
const MOST_AT_ONCE = 8;
/** Most manifests of one image, nested ones included. */
const MOST_MANIFESTS = 2_000;

/** What `missingParts` asks of a registry. */
export interface PartSource {
  manifest(digest: Digest): Promise<Manifest | undefined>;
  /** Whether a blob of that many bytes is there. */
  hasBlob(digest: Digest, size: number): Promise<boolean>;
}

/** The parts of an image that are not there: the manifest, every child of an index (however nested), their configs and layers. */
export async function missingParts(source: PartSource, digest: Digest): Promise<readonly MissingPart[]> {
  const missing: MissingPart[] = [];
  const blobs = new Map<Digest, MissingPart & { size: number }>();
  const known = new Set<Digest>();
  for (let level = [digest]; level.length > 0;) {
    for (const each of level) known.add(each);
    if (known.size > MOST_MANIFESTS) throw tooMany(digest);
    const manifests = await runBounded(level, MOST_AT_ONCE, (each) => source.manifest(each));
    const children = new Set<Digest>();
    for (const [at, each] of level.entries()) {
      const manifest = manifests[at];
      if (manifest === undefined) missing.push({ what: 'manifest', digest: each });
      else collectParts(manifest, { blobs, children });
    }
    level = [...children].filter((child) => !known.has(child));
  }
  const there = await runBounded([...blobs.values()], MOST_AT_ONCE, (part) =>
    source.hasBlob(part.digest, part.size),
  );
  const absent = [...blobs.values()].filter((_, at) => there[at] !== true);
  return [...missing, ...absent.map(({ what, digest }) => ({ what, digest }))];
}

interface Parts {
  blobs: Map<Digest, MissingPart & { size: number }>;
  children: Set<Digest>;
}

function collectParts(manifest: Manifest, parts: Parts): void {
  const parsed = readManifest(manifest.bytes, manifest.digest);
  if (parsed.kind === 'index') {
    for (const child of parsed.manifests) parts.children.add(child.digest);
    return;
  }
  parts.blobs.set(parsed.config.digest, {
    what: 'config',
    digest: parsed.config.digest,
    size: parsed.config.size,
  });
  for (const layer of parsed.layers.filter(isDistributed))
    parts.blobs.set(layer.digest, { what: 'layer', digest: layer.digest, size: layer.size });
}

/** Layers that may not be given away (Windows' base layers) are never in a registry; the runtime gets them elsewhere. */
function isDistributed(layer: Descriptor): boolean {
  return !/foreign|nondistributable/.test(layer.mediaType);
}

function tooMany(digest: Digest): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `The image ${digest} refers to more than ${MOST_MANIFESTS} manifests; it cannot be checked whether all are there.`,
  );
}
