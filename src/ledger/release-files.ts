import type { Release } from '../core/release.ts';
import { writeDocument, writePointer } from './document.ts';
import { commitPath, releasePath, versionPath } from './paths.ts';

/** The files that make a release findable: its record, and what its version and its commit name. */
export function releaseFiles(release: Release): Record<string, string> {
  const { model, digest, version, sha } = release;
  const pointer = writePointer(digest);
  return {
    [releasePath(model, digest)]: writeDocument(release),
    [versionPath(model, version)]: pointer,
    ...(sha === undefined ? {} : { [commitPath(model, sha)]: pointer }),
  };
}
