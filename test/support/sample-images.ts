import type { Digest } from '../../src/core/digest.ts';
import { digestOf } from '../../src/core/digest.ts';
import type { Manifest, Registry } from '../../src/core/registry.ts';

/** An image with everything that it refers to. `children` are pushed first, each with its own blobs. */
export interface SampleImage {
  manifest: Manifest;
  blobs: readonly Uint8Array[];
  children: readonly SampleImage[];
}

export const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
export const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

/** Bytes as a manifest of a media type. */
export function manifestOf(value: unknown, mediaType: string): Manifest {
  // Spaces and a line break at the end: a registry client that writes JSON anew would lose them.
  const bytes = new TextEncoder().encode(`${JSON.stringify(value, null, 3)}\n`);
  return { digest: digestOf(bytes), mediaType, bytes };
}

function describe(bytes: Uint8Array, mediaType: string) {
  return { mediaType, digest: digestOf(bytes), size: bytes.length };
}

/** One image of one platform with two layers; `seed` makes its bytes its own. */
export function singleImage(seed: string, labels: Readonly<Record<string, string>> = {}): SampleImage {
  const layers = [`${seed} one`, `${seed} two`].map((text) => new TextEncoder().encode(text.repeat(50)));
  const config = new TextEncoder().encode(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      config: { Labels: labels },
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => digestOf(layer)) },
    }),
  );
  const manifest = manifestOf(
    {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: describe(config, 'application/vnd.oci.image.config.v1+json'),
      layers: layers.map((layer) => describe(layer, 'application/vnd.oci.image.layer.v1.tar')),
    },
    OCI_MANIFEST,
  );
  return { manifest, blobs: [config, ...layers], children: [] };
}

/** An index of two platforms and an attestation, as BuildKit writes it. */
export function multiArchIndex(seed: string, labels?: Readonly<Record<string, string>>): SampleImage {
  const [amd64, arm64] = [singleImage(`${seed} amd64`, labels), singleImage(`${seed} arm64`, labels)];
  const attestation = artifactManifest(`${seed} attestation`);
  const child = ({ manifest }: SampleImage, extra: object) => ({
    ...describe(manifest.bytes, manifest.mediaType),
    ...extra,
  });
  const manifest = manifestOf(
    {
      schemaVersion: 2,
      mediaType: OCI_INDEX,
      manifests: [
        child(amd64, { platform: { architecture: 'amd64', os: 'linux' } }),
        child(arm64, { platform: { architecture: 'arm64', os: 'linux' } }),
        child(attestation, {
          platform: { architecture: 'unknown', os: 'unknown' },
          annotations: {
            'vnd.docker.reference.type': 'attestation-manifest',
            'vnd.docker.reference.digest': amd64.manifest.digest,
          },
        }),
      ],
    },
    OCI_INDEX,
  );
  return { manifest, blobs: [], children: [amd64, arm64, attestation] };
}

/** A manifest list of Docker with one image of Docker's types. */
export function dockerList(seed: string): SampleImage {
  const layer = new TextEncoder().encode(`${seed} layer`);
  const config = new TextEncoder().encode(
    JSON.stringify({
      architecture: 'amd64',
      os: 'linux',
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    }),
  );
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  const image = manifestOf(
    {
      schemaVersion: 2,
      mediaType: type,
      config: describe(config, 'application/vnd.docker.container.image.v1+json'),
      layers: [describe(layer, 'application/vnd.docker.image.rootfs.diff.tar.gzip')],
    },
    type,
  );
  const listType = 'application/vnd.docker.distribution.manifest.list.v2+json';
  const entry = {
    ...describe(image.bytes, image.mediaType),
    platform: { architecture: 'amd64', os: 'linux' },
  };
  return {
    manifest: manifestOf({ schemaVersion: 2, mediaType: listType, manifests: [entry] }, listType),
    blobs: [],
    children: [{ manifest: image, blobs: [config, layer], children: [] }],
  };
}

/** An artifact that is no image: the empty config of OCI 1.1, a type of its own, one layer. */
export function artifactManifest(seed: string): SampleImage {
  const empty = new TextEncoder().encode('{}');
  const layer = new TextEncoder().encode(`${seed} statement`);
  const manifest = manifestOf(
    {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      artifactType: 'application/vnd.example.statement',
      config: describe(empty, 'application/vnd.oci.empty.v1+json'),
      layers: [describe(layer, 'application/vnd.in-toto+json')],
    },
    OCI_MANIFEST,
  );
  return { manifest, blobs: [empty, layer], children: [] };
}

/** Pushes an image with all its parts; the manifest goes under its own digest, and is returned as such. */
export async function pushImage(registry: Registry, image: SampleImage): Promise<Digest> {
  for (const child of image.children) await pushImage(registry, child);
  for (const bytes of image.blobs)
    await registry.putBlob({ digest: digestOf(bytes), size: bytes.length, source: { bytes } });
  await registry.putManifest(image.manifest.digest, image.manifest, 10_000);
  return image.manifest.digest;
}
