import { randomUUID } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** How the names of unfinished files begin; they lie at the top of the layout folder. */
export const PARTIAL_PREFIX = '.known-good-partial-';

/** One file to write. `scratch` is a folder on the same file system. */
export interface DurableFile {
  path: string;
  scratch: string;
  /** Writes the content; what it throws leaves nothing behind. */
  fill(handle: FileHandle): Promise<void>;
  /** Called when the content is on the disk, right before the file appears; what it throws leaves nothing behind. */
  beforeRename?(): Promise<void>;
}

/** Writes a file so that, whatever happens, it is there with all its bytes or not at all, and stays after a loss of power. */
export async function writeDurably(file: DurableFile): Promise<void> {
  const partial = join(file.scratch, `${PARTIAL_PREFIX}${randomUUID()}`);
  try {
    const handle = await open(partial, 'wx', 0o644);
    try {
      await file.fill(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await file.beforeRename?.();
    await rename(partial, file.path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(file.path));
}

/** Makes names in a folder durable. Where folders cannot be synced (Windows), nothing is lost but the guarantee. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
