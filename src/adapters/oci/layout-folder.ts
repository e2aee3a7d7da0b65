import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, mkdir, open, readdir, realpath, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import * as z from 'zod';
import type { Digest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { seen, seenName } from '../../core/seen.ts';
import { codeOf, isAbsent } from './layout-error.ts';
import { PARTIAL_PREFIX, syncFolder, writeDurably } from './write-durably.ts';

/** Names that are ours at the top of a layout folder. */
const OWN_NAMES = '.known-good-';
const VERSION = z.looseObject({ imageLayoutVersion: z.literal('1.0.0') });
const LEFTOVER_MS = 24 * 60 * 60 * 1000;

/** Where the lock of the index lies. */
export function lockPath(root: string): string {
  return join(root, `${OWN_NAMES}lock`);
}

/** Where a blob lies. */
export function blobPath(root: string, digest: Digest): string {
  return join(root, 'blobs', 'sha256', digest.slice('sha256:'.length));
}

/** Whether there is a layout at `root`: `false` for nothing or an empty folder; anything else is an `unavailable` error. */
export async function isLayout(root: string): Promise<boolean> {
  const marker = await readInside(root, join(root, 'oci-layout'), 1024);
  if (marker !== undefined) return checkVersion(root, marker);
  const names = await readdir(root).catch((error: unknown) => {
    if (isAbsent(error)) return [];
    throw error;
  });
  if (names.every((name) => name.startsWith(OWN_NAMES))) return false;
  // Another process may have made the layout between the two looks; the marker is the first file of one.
  const later = await readInside(root, join(root, 'oci-layout'), 1024);
  if (later !== undefined) return checkVersion(root, later);
  throw new KnownGoodError(
    'unavailable',
    `${seenName(root)} holds files but no "oci-layout", so it is not an OCI image layout folder. Choose a new or empty folder.`,
  );
}

function checkVersion(root: string, marker: Uint8Array): true {
  const text = new TextDecoder().decode(marker);
  try {
    VERSION.parse(JSON.parse(text));
    return true;
  } catch {
    throw new KnownGoodError(
      'unavailable',
      `${seenName(join(root, 'oci-layout'))} says ${seen(text, 80)}; only OCI image layouts of version 1.0.0 are supported.`,
    );
  }
}

/** Makes the folder a layout where there is none yet. Two processes may do so at once. */
export async function createLayout(root: string): Promise<void> {
  if (await isLayout(root)) return;
  await makeFolders(root);
  await writeDurably({
    path: join(root, 'oci-layout'),
    scratch: root,
    fill: (handle) => handle.writeFile('{"imageLayoutVersion":"1.0.0"}'),
  });
}

/** Makes a folder and its parents durably. Node's own recursive `mkdir` tries for ever where a file system has no folder to give. */
export async function makeFolders(path: string): Promise<void> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory() === true) return;
  if (there === undefined && dirname(path) !== path) await makeFolders(dirname(path));
  await mkdir(path).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST' || there !== undefined) throw error;
  });
  await syncFolder(dirname(path));
}

/** The whole file, of at most `maxBytes`; `undefined` when absent. A link that leaves the folder is refused. */
export async function readInside(
  root: string,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | undefined> {
  return openInside(root, path, async (handle, size) => {
    if (size > maxBytes)
      throw new KnownGoodError(
        'unavailable',
        `${seenName(path)} has ${size} bytes; at most ${maxBytes} are read.`,
      );
    return handle.readFile();
  });
}

/** Size of a file in bytes; `undefined` when absent. A link that leaves the folder is refused. */
export function sizeInside(root: string, path: string): Promise<number | undefined> {
  return openInside(root, path, (_, size) => Promise.resolve(size));
}

async function openInside<Result>(
  root: string,
  path: string,
  use: (handle: FileHandle, size: number) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    await refuseOutside(root, path);
    // Without O_NONBLOCK a named pipe would block for ever.
    const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size } = await fileStat(handle, path);
      return await use(handle, size);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

async function fileStat(handle: FileHandle, path: string) {
  const found = await handle.stat();
  if (found.isFile()) return found;
  throw new KnownGoodError('unavailable', `${seenName(path)} is not a regular file. Remove it.`);
}

/** Refuses a file or folder that a link takes out of the layout. The layout folder itself may be reached by a link. */
export async function refuseOutside(root: string, path: string): Promise<void> {
  const [home, target] = [await realpath(root), await realpath(path)];
  if (target === home || target.startsWith(home.endsWith(sep) ? home : home + sep)) return;
  throw new KnownGoodError(
    'unavailable',
    `${seenName(path)} is a link that leaves the layout folder; it is not followed. Replace it by a real file.`,
  );
}

/** Removes what killed writers left behind a day ago or earlier. */
export async function removeLeftovers(root: string, now: number): Promise<void> {
  for (const name of await readdir(root)) {
    if (!name.startsWith(PARTIAL_PREFIX)) continue;
    const path = join(root, name);
    const found = await lstat(path).catch(() => undefined);
    if (found !== undefined && now - found.mtimeMs > LEFTOVER_MS) await rm(path, { force: true });
  }
}
