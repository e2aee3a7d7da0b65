import type { ArtifactFile, Digest } from './digest.ts';
import { artifactDigest, digestOf } from './digest.ts';
import { canonicalJson } from './canonical-json.ts';
import type { Descriptor, OciManifest } from './oci-manifest.ts';
import type { Manifest } from './registry.ts';

/** CNCF ModelPack, "OCI Image Manifest Specification For Model Artifacts". */
const MANIFEST = 'application/vnd.cncf.model.manifest.v1+json';
const CONFIG = 'application/vnd.cncf.model.config.v1+json';
const RAW = /^application\/vnd\.cncf\.model\.(?:weight|weight\.config|doc|code|dataset)\.v1\.raw$/;
const FILE_PATH = 'org.cncf.model.filepath';
const UNTESTED = 'org.cncf.model.file.mediatype.untested';
const IMAGE_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

/** The label and annotation that name an artifact's digest. */
export const ARTIFACT_KEY = 'io.knowngood.artifact.digest';

/** What sort of layer a file is, by its name; anything else counts as weights, marked as untested. */
const KINDS: readonly { name: RegExp; kind: string }[] = [
  { name: /\.(?:onnx|data|safetensors|gguf|pt|pth|bin|h5|keras|pkl|joblib|ubj|txt\.gz)$/i, kind: 'weight' },
  { name: /\.(?:md|rst|txt|html|pdf)$|(?:^|\/)(?:readme|licen[cs]e|notice)[^/]*$/i, kind: 'doc' },
  { name: /\.(?:py|ipynb|sh|js|ts|r|sql)$/i, kind: 'code' },
  { name: /\.(?:csv|tsv|jsonl|parquet|arrow|npy|npz)(?:\.gz)?$/i, kind: 'dataset' },
  { name: /\.(?:json|ya?ml|toml|ini)$/i, kind: 'weight.config' },
];

/** An artifact as a listing: a folder, or one bare file. */
export interface ListedArtifact {
  kind: 'folder' | 'file';
  files: readonly ArtifactFile[];
}

/** An artifact ready for a registry: the config and the manifest as bytes; the layers are the files themselves, in this order. */
export interface ModelPack {
  artifact: Digest;
  config: { digest: Digest; bytes: Uint8Array };
  layers: readonly ArtifactFile[];
  manifest: Manifest;
}

/** The digest of an artifact: of the folder's listing, or of a bare file's bytes. */
export function digestOfArtifact({ kind, files }: ListedArtifact): Digest {
  const [only] = files;
  return kind === 'file' && files.length === 1 && only !== undefined ? only.digest : artifactDigest(files);
}

/**
 * An artifact as a CNCF ModelPack. One raw layer a file, so that a layer's digest is the file's; sorted by path; nothing but what is
 * in the files goes into it, so the same artifact has the same image digest everywhere and always.
 */
export function planModelPack(listed: ListedArtifact): ModelPack {
  const layers = listed.files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)));
  const artifact = digestOfArtifact(listed);
  const config = encode({
    descriptor: {},
    config: layers.some((file) => /\.onnx$/i.test(file.path)) ? { format: 'onnx' } : {},
    modelfs: { type: 'layers', diffIds: layers.map((file) => file.digest) },
  });
  const bytes = encode({
    schemaVersion: 2,
    mediaType: IMAGE_MANIFEST,
    artifactType: MANIFEST,
    config: { mediaType: CONFIG, digest: digestOf(config), size: config.length },
    layers: layers.map(layerOf),
    annotations: { [ARTIFACT_KEY]: artifact },
  });
  const manifest = { digest: digestOf(bytes), mediaType: IMAGE_MANIFEST, bytes };
  return { artifact, config: { digest: digestOf(config), bytes: config }, layers, manifest };
}

function layerOf(file: ArtifactFile): object {
  const kind = KINDS.find(({ name }) => name.test(file.path))?.kind;
  return {
    mediaType: `application/vnd.cncf.model.${kind ?? 'weight'}.v1.raw`,
    digest: file.digest,
    size: file.size,
    annotations: { [FILE_PATH]: file.path, ...(kind === undefined ? { [UNTESTED]: 'true' } : {}) },
  };
}

function encode(value: unknown): Uint8Array {
  return new TextEncoder().encode(canonicalJson(value));
}

/**
 * The artifact digest that a ModelPack's layers prove: recomputed from the digests and paths of its raw layers. `undefined` when the
 * manifest is no ModelPack, or a layer is packed, without a path, or has one that a listing cannot hold unambiguously. A single file counts
 * as a bare one where the manifest names that file's digest as its artifact, else as a folder of one.
 */
export function artifactOfLayers(manifest: OciManifest): Digest | undefined {
  if (manifest.kind !== 'image' || manifest.artifactType !== MANIFEST || manifest.layers.length === 0)
    return undefined;
  const files = manifest.layers.map(fileOf).filter((file) => file !== undefined);
  const paths = new Set(files.map((file) => file.path));
  if (files.length !== manifest.layers.length || paths.size !== files.length) return undefined;
  const [first] = files;
  const isBare = files.length === 1 && manifest.annotations[ARTIFACT_KEY] === first?.digest;
  return digestOfArtifact({ kind: isBare ? 'file' : 'folder', files });
}

/** A line break, a backslash or a step upwards in a path would let one listing stand for two folders. */
// oxlint-disable-next-line no-control-regex
const AMBIGUOUS = /[\u0000-\u001f\u007f\\]|^\/|(?:^|\/)(?:\.{0,2})(?:\/|$)/;

function fileOf({ mediaType, digest, size, annotations }: Descriptor): ArtifactFile | undefined {
  const path = annotations?.[FILE_PATH];
  return path === undefined || AMBIGUOUS.test(path) || !RAW.test(mediaType)
    ? undefined
    : { path, size, digest };
}
