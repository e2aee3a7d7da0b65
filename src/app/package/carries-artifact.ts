import type { Digest } from '../../core/digest.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { MOST_CONFIG_BYTES, parseImageLabels } from '../../core/image-labels.ts';
import { ARTIFACT_KEY, artifactOfLayers } from '../../core/model-pack.ts';
import type { Descriptor, OciManifest } from '../../core/oci-manifest.ts';
import { parseManifest } from '../../core/oci-manifest.ts';
import type { Registry } from '../../core/registry.ts';
import { runBounded } from '../../core/run-bounded.ts';

const REVISION_KEY = 'org.opencontainers.image.revision';
const MOST_PLATFORMS = 32;
const MOST_AT_ONCE = 4;

/**
 * By what an image proves which artifact it carries: by its `layers` (a ModelPack: they are the files), by its `labels` (whoever built it
 * says so), or not at all. `revision` is the commit that it says it was built from.
 */
export type Carried =
  | { carries: 'layers'; artifact: Digest; revision: string | undefined }
  | { carries: 'labels'; artifact: Digest; revision: string | undefined }
  | { carries: 'unproved'; revision: string | undefined };

/** The labels that name an artifact and a commit; for messages and documentation. */
export const ARTIFACT_LABELS = { artifact: ARTIFACT_KEY, revision: REVISION_KEY } as const;

/**
 * Which artifact an image carries: read from its layers, else from the labels of its config and the annotations of its manifest. In an
 * index every platform must say the same, attestations aside; what only some say, or two say differently, does not count. An absent image
 * is an `input` error.
 */
export async function carriesArtifact(registry: Registry, digest: Digest): Promise<Carried> {
  const manifest = await parsedManifest(registry, digest);
  const proved = artifactOfLayers(manifest);
  const claims = await claimsOf(registry, manifest);
  const revision = agreed(claims, REVISION_KEY);
  if (proved !== undefined) return { carries: 'layers', artifact: proved, revision };
  const artifact = asDigest(agreed(claims, ARTIFACT_KEY));
  return artifact === undefined
    ? { carries: 'unproved', revision }
    : { carries: 'labels', artifact, revision };
}

async function parsedManifest(registry: Registry, digest: Digest): Promise<OciManifest> {
  const manifest = await registry.manifest(digest);
  if (manifest !== undefined) return parseManifest(manifest.bytes, `The manifest ${digest}`);
  throw new KnownGoodError(
    'input',
    `There is no image ${digest} in the repository. Push it first, or check the digest.`,
  );
}

/** What one platform says: every label and annotation, with all values that were given for it. */
type Claims = ReadonlyMap<string, ReadonlySet<string>>;

/** One entry a platform; an index's own annotations count for each of them. */
async function claimsOf(registry: Registry, manifest: OciManifest): Promise<Claims[]> {
  if (manifest.kind === 'image') return [await claimsOfImage(registry, manifest)];
  const platforms = manifest.manifests.filter((child) => !isAttestation(child));
  if (platforms.length > MOST_PLATFORMS) return [];
  return runBounded(platforms, MOST_AT_ONCE, async (child) => {
    const image = await parsedManifest(registry, child.digest);
    const own = image.kind === 'image' ? await claimsOfImage(registry, image) : collect([image.annotations]);
    return merge(own, collect([manifest.annotations]));
  });
}

async function claimsOfImage(
  registry: Registry,
  image: Extract<OciManifest, { kind: 'image' }>,
): Promise<Claims> {
  const readable = image.config.size <= MOST_CONFIG_BYTES;
  const bytes = readable ? await registry.blob(image.config.digest, MOST_CONFIG_BYTES) : undefined;
  const labels = bytes === undefined ? {} : parseImageLabels(bytes, `The config ${image.config.digest}`);
  return collect([image.annotations, labels]);
}

/** BuildKit's provenance and SBOM entries carry no platform of their own. Source: BuildKit, "Image Attestation Storage". */
function isAttestation(child: Descriptor): boolean {
  return child.annotations?.['vnd.docker.reference.type'] === 'attestation-manifest';
}

function collect(records: readonly Readonly<Record<string, string>>[]): Claims {
  const claims = new Map<string, Set<string>>();
  for (const [key, value] of records.flatMap((record) => Object.entries(record)))
    claims.set(key, new Set([...(claims.get(key) ?? []), value]));
  return claims;
}

function merge(a: Claims, b: Claims): Claims {
  const keys = new Set([...a.keys(), ...b.keys()]);
  return new Map([...keys].map((key) => [key, new Set([...(a.get(key) ?? []), ...(b.get(key) ?? [])])]));
}

/** The one value that all platforms give for a key. */
function agreed(platforms: readonly Claims[], key: string): string | undefined {
  const values = new Set(platforms.flatMap((claims) => [...(claims.get(key) ?? [])]));
  const [value] = values;
  return values.size === 1 && platforms.every((claims) => claims.has(key)) ? value : undefined;
}

function asDigest(text: string | undefined): Digest | undefined {
  return text !== undefined && /^sha256:[0-9a-f]{64}$/.test(text) ? parseDigest(text) : undefined;
}
