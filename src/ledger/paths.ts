import type { Digest } from '../core/digest.ts';
import type { Lane } from '../core/lane.ts';

const A_FOLDER = 1000;

/** Where everything lies on the ledger's branch. */
export function laneFolder({ model, environment }: Lane): string {
  return `lanes/${model}/${environment}`;
}

/** The fold of a lane's entries. */
export function statePath(lane: Lane): string {
  return `${laneFolder(lane)}/state.json`;
}

/** One entry; a thousand share a folder, so that no folder grows for ever. */
export function entryPath(lane: Lane, seq: number, kind: string): string {
  const name = `${String(seq).padStart(6, '0')}-${kind}.json`;
  return `${laneFolder(lane)}/entries/${Math.floor(seq / A_FOLDER)}/${name}`;
}

/** All that is registered for a model. */
export function releaseFolder(model: string): string {
  return `releases/${model}`;
}

/** The folder of the releases whose digests begin with these hex digits (at least two), which no folder holds too many of. */
export function digestFolder(model: string, prefix: string): string {
  return `${releaseFolder(model)}/digests/${prefix.slice(0, 2)}`;
}

/** The record of a release. */
export function releasePath(model: string, digest: Digest): string {
  return `${digestFolder(model, hex(digest))}/${hex(digest)}.json`;
}

/** Which digest a version names: written once. */
export function versionPath(model: string, version: string): string {
  return `${releaseFolder(model)}/versions/${version}.json`;
}

/** The folder of the commits that begin with these hex digits (at least two). */
export function commitFolder(model: string, prefix: string): string {
  return `${releaseFolder(model)}/commits/${prefix.slice(0, 2)}`;
}

/** Which digest was built last from a commit. */
export function commitPath(model: string, sha: string): string {
  return `${commitFolder(model, sha)}/${sha}.json`;
}

/** The release that was registered last. */
export function newestPath(model: string): string {
  return `${releaseFolder(model)}/newest.json`;
}

/** The model's quarantine: the union of what its lanes left. */
export function quarantinePath(model: string): string {
  return `${releaseFolder(model)}/quarantine.json`;
}

/** A verdict document, by its own digest. */
export function evidencePath(digest: Digest): string {
  return `evidence/${hex(digest).slice(0, 2)}/${hex(digest)}.json`;
}

function hex(digest: Digest): string {
  return digest.slice('sha256:'.length);
}
