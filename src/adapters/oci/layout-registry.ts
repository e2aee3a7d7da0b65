import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Digest } from '../../core/digest.ts';
import { digestOf, parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Tag } from '../../core/image.ts';
import { MOST_MANIFEST_BYTES } from '../../core/oci-manifest.ts';
import type { Timer } from '../../core/ports.ts';
import type { BlobSource, Manifest, Registry } from '../../core/registry.ts';
import { seenName } from '../../core/seen.ts';
import { checkManifest, isDigest, readManifest } from './check-manifest.ts';
import { withFolderLock } from './folder-lock.ts';
import { refuseLayout } from './layout-error.ts';
import {
  blobPath,
  createLayout,
  isLayout,
  lockPath,
  makeFolders,
  readInside,
  refuseOutside,
  removeLeftovers,
  sizeInside,
} from './layout-folder.ts';
import type { LayoutIndex } from './layout-index.ts';
import { MOST_INDEX_BYTES, emptyIndex, entryOfTag, parseIndex, withTag } from './layout-index.ts';
import { missingParts } from './missing-parts.ts';
import { writeDurably } from './write-durably.ts';

/**
 * A folder as an image repository: OCI image spec 1.1, "Image Layout". It is created by the first write. Tags change one after
 * the other under a lock file; files appear whole or not at all, and are on the disk before a promise resolves. Blobs are hashed
 * when they are read. A tag is the annotation `org.opencontainers.image.ref.name`; fields and entries of other tools stay.
 */
export class LayoutRegistry implements Registry {
  private readonly root: string;
  private readonly timer: Timer;

  /** `root` is an absolute path, or one relative to the working folder. */
  constructor(root: string, timer: Timer) {
    this.root = root;
    this.timer = timer;
  }

  resolve(tag: Tag): Promise<Digest | undefined> {
    return this.reading(async () => {
      await this.refuseAbsent();
      return entryOfTag(await this.index(), tag)?.digest;
    });
  }

  manifest(reference: Tag | Digest): Promise<Manifest | undefined> {
    return this.reading(async () => {
      await this.refuseAbsent();
      const digest = isDigest(reference) ? reference : entryOfTag(await this.index(), reference)?.digest;
      const bytes = digest === undefined ? undefined : await this.verified(digest, MOST_MANIFEST_BYTES);
      if (digest === undefined || bytes === undefined) return undefined;
      return { digest, mediaType: readManifest(bytes, digest).mediaType, bytes };
    });
  }

  putManifest(reference: Tag | Digest, manifest: Manifest, timeoutMs: number): Promise<void> {
    const until = performance.now() + timeoutMs;
    return this.writing(async () => {
      checkManifest(reference, manifest);
      await this.store(manifest.digest, { size: manifest.bytes.length, source: { bytes: manifest.bytes } });
      if (!isDigest(reference)) await this.point(reference, manifest, until);
    });
  }

  hasBlob(digest: Digest): Promise<boolean> {
    return this.reading(async () => (await sizeInside(this.root, blobPath(this.root, digest))) !== undefined);
  }

  blob(digest: Digest, maxBytes: number): Promise<Uint8Array | undefined> {
    return this.reading(() => this.verified(digest, maxBytes));
  }

  putBlob(blob: { digest: Digest; size: number; source: BlobSource }): Promise<void> {
    return this.writing(() => this.store(blob.digest, blob));
  }

  missing(digest: Digest) {
    const hasBlob = (blob: Digest, size: number) =>
      this.reading(async () => (await sizeInside(this.root, blobPath(this.root, blob))) === size);
    return missingParts({ manifest: (child) => this.manifest(child), hasBlob }, digest);
  }

  private reading<Result>(work: () => Promise<Result>): Promise<Result> {
    return work().catch((error: unknown) => refuseLayout(this.root, 'read', error));
  }

  private writing<Result>(work: () => Promise<Result>): Promise<Result> {
    return work().catch((error: unknown) => refuseLayout(this.root, 'write', error));
  }

  /** A folder that is not there says nothing of tags: it may be elsewhere, or not mounted. */
  private async refuseAbsent(): Promise<void> {
    const found = await stat(this.root).catch(() => undefined);
    if (found !== undefined) return;
    const where = seenName(resolve(this.root));
    throw new KnownGoodError(
      'unavailable',
      `There is no image layout folder at ${where}. Mount or correct it; known-good package makes a new one.`,
    );
  }

  private async index(): Promise<LayoutIndex> {
    if (!(await isLayout(this.root))) return emptyIndex();
    const path = join(this.root, 'index.json');
    const bytes = await readInside(this.root, path, MOST_INDEX_BYTES);
    return bytes === undefined ? emptyIndex() : parseIndex(new TextDecoder().decode(bytes), path);
  }

  private async verified(digest: Digest, maxBytes: number): Promise<Uint8Array | undefined> {
    const path = blobPath(this.root, digest);
    const bytes = await readInside(this.root, path, maxBytes);
    if (bytes === undefined || digestOf(bytes) === digest) return bytes;
    throw new KnownGoodError(
      'unavailable',
      `${seenName(path)} holds other bytes than its name says: they are ${digestOf(bytes)}. The folder was altered; restore that file.`,
    );
  }

  private async point(tag: Tag, manifest: Manifest, until: number): Promise<void> {
    const { root, timer } = this;
    await withFolderLock({ path: lockPath(root), until, timer }, async (lock) => {
      const before = await this.index();
      const { digest, mediaType, bytes } = manifest;
      const after = withTag(before, tag, { mediaType, digest, size: bytes.length });
      if (after === before) return;
      await removeLeftovers(root, timer.now().getTime());
      await writeDurably({
        path: join(root, 'index.json'),
        scratch: root,
        fill: (handle) => handle.writeFile(JSON.stringify(after)),
        beforeRename: async () => {
          if (performance.now() > until || !(await lock.isHeld())) throw tooLate(root);
        },
      });
    });
  }

  private async store(digest: Digest, { size, source }: { size: number; source: BlobSource }): Promise<void> {
    await createLayout(this.root);
    const path = blobPath(this.root, digest);
    if ((await sizeInside(this.root, path)) === size) return;
    for (const folder of [dirname(dirname(path)), dirname(path)]) {
      await makeFolders(folder);
      await refuseOutside(this.root, folder);
    }
    await writeDurably({
      path,
      scratch: this.root,
      fill: async (handle) => {
        const written =
          'bytes' in source ? await copyBytes(source.bytes, handle) : await copyFile(source.path, handle);
        if (written !== digest) throw otherBytes(digest, written);
      },
    });
  }
}

async function copyBytes(bytes: Uint8Array, handle: FileHandle): Promise<Digest> {
  await handle.writeFile(bytes);
  return digestOf(bytes);
}

async function copyFile(path: string, handle: FileHandle): Promise<Digest> {
  const sha256 = createHash('sha256');
  const from = await open(path, 'r').catch((cause: unknown) => {
    throw new KnownGoodError('input', `${seenName(path)} cannot be read.`, { cause });
  });
  try {
    for await (const chunk of from.createReadStream({ autoClose: false })) {
      sha256.update(chunk as Buffer);
      await handle.writeFile(chunk as Buffer);
    }
  } finally {
    await from.close();
  }
  return parseDigest(`sha256:${sha256.digest('hex')}`);
}

function otherBytes(expected: Digest, found: Digest): KnownGoodError {
  return new KnownGoodError(
    'input',
    `The bytes to store are ${found}, not ${expected}: the file changed meanwhile. Run it again.`,
  );
}

function tooLate(root: string): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `Writing to ${seenName(root)} took too long and was given up. Its tags are as they were. Run it again.`,
  );
}
