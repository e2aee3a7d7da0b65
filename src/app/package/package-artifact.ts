import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Tag } from '../../core/image.ts';
import { parseTag } from '../../core/image.ts';
import type { ModelPack } from '../../core/model-pack.ts';
import { planModelPack } from '../../core/model-pack.ts';
import type { Files } from '../../core/ports.ts';
import type { BlobSource, Registry } from '../../core/registry.ts';
import { shortDigest } from '../../core/release.ts';
import { runBounded } from '../../core/run-bounded.ts';

const MOST_AT_ONCE = 4;
const TIMEOUT_MS = 30_000;

/** What to package and where to: `tag` keeps the registry from cleaning the image up; `defaultPackageTag` of the artifact if not said. */
export interface PackageRequest {
  artifact: string;
  tag?: Tag;
}

/** What `packageArtifact` needs of the world. */
export interface PackagePorts {
  files: Pick<Files, 'listArtifact'>;
  registry: Registry;
}

/** Where the artifact is now. `written` = the tag was not there, or pointed elsewhere. */
export interface Packaged {
  artifact: Digest;
  digest: Digest;
  tag: Tag;
  written: boolean;
}

/** The tag that an artifact is packaged under: `artifact-` and 16 hex digits of its digest. */
export function defaultPackageTag(artifact: Digest): Tag {
  return parseTag(`artifact-${artifact.slice('sha256:'.length, 'sha256:'.length + 16)}`);
}

/** The image that `packageArtifact` would write; nothing is contacted. */
export async function planPackage(artifact: string, files: PackagePorts['files']): Promise<ModelPack> {
  return planModelPack(await files.listArtifact(artifact));
}

/**
 * Stores an artifact (a folder, or one file) as a CNCF ModelPack under a tag: the files that are not there yet, the config, then the
 * manifest. A file that changes meanwhile is an `input` error, and the tag stays as it was.
 */
export async function packageArtifact(request: PackageRequest, ports: PackagePorts): Promise<Packaged> {
  const { registry, files } = ports;
  const listed = await files.listArtifact(request.artifact);
  const pack = planModelPack(listed);
  const root = request.artifact.replace(/(?<=.)\/+$/, '');
  const blobs = new Map<Digest, { digest: Digest; size: number; source: BlobSource }>();
  for (const { path, digest, size } of pack.layers)
    blobs.set(digest, { digest, size, source: { path: listed.kind === 'file' ? root : `${root}/${path}` } });
  const { bytes } = pack.config;
  blobs.set(pack.config.digest, { digest: pack.config.digest, size: bytes.length, source: { bytes } });
  await runBounded([...blobs.values()], MOST_AT_ONCE, (blob) => registry.putBlob(blob));
  const tag = request.tag ?? defaultPackageTag(pack.artifact);
  const { digest } = pack.manifest;
  const before = await registry.resolve(tag);
  if (before !== undefined && before !== digest) throw tagTaken(tag, before);
  const written = before === undefined;
  if (written) await registry.putManifest(tag, pack.manifest, TIMEOUT_MS);
  return { artifact: pack.artifact, digest, tag, written };
}

/** Packaging never moves a tag: it may be an environment's, or keep a release that was promoted. */
function tagTaken(tag: Tag, digest: Digest): KnownGoodError {
  return new KnownGoodError(
    'input',
    `The tag ${tag} points at ${shortDigest(digest)} already, and packaging moves no tag: promote does. Take another --tag, or none.`,
  );
}
