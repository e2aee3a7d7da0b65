import { randomUUID } from 'node:crypto';
import { link, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { KnownGoodError } from '../../core/errors.ts';
import type { Timer } from '../../core/ports.ts';
import { seen, seenName } from '../../core/seen.ts';
import { codeOf, isAbsent } from './layout-error.ts';
import type { LockOwner } from './lock-owner.ts';
import { formatOwner, hasEnded, parseOwner, thisOwner } from './lock-owner.ts';

/** A lock of another machine is abandoned after this time; it is held for milliseconds, for the index alone. */
const ABANDONED_MS = 60_000;
const DEEPEST = 4;

/** Where to lock, and until when to wait (milliseconds of `performance.now`, which no change of the clock touches). */
export interface LockRequest {
  path: string;
  until: number;
  timer: Timer;
}

/** What the holder can ask: whether the lock is still its own. */
export interface HeldLock {
  isHeld(): Promise<boolean>;
}

/**
 * Runs `work` while no other process does so under the same lock file. A lock whose process has ended is taken over; a live one is
 * waited for, and after `until` it is an `unavailable` error that names the owner.
 */
export async function withFolderLock<Result>(
  request: LockRequest,
  work: (lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  return locked(request, 0, work);
}

async function locked<Result>(
  request: LockRequest,
  depth: number,
  work: (lock: HeldLock) => Promise<Result>,
): Promise<Result> {
  const owner = await thisOwner(randomUUID());
  await acquire(request, depth, owner);
  const isHeld = async () => (await readOwner(request.path))?.token === owner.token;
  try {
    return await work({ isHeld });
  } finally {
    if (await isHeld()) await rm(request.path, { force: true });
  }
}

async function acquire(request: LockRequest, depth: number, owner: LockOwner): Promise<void> {
  let pause = 5;
  for (;;) {
    if (await create(request.path, owner)) return;
    const holder = await readOwner(request.path);
    if (await isAbandoned(request, holder)) await takeAway(request, depth, holder);
    else if (performance.now() >= request.until) throw busy(request.path, holder);
    else await request.timer.sleep(pause);
    pause = Math.min(pause * 2, 25);
  }
}

/** A hard link appears with its content, so nobody reads half an owner. `false` when the lock is there already. */
async function create(path: string, owner: LockOwner): Promise<boolean> {
  const own = `${path}-${owner.token}`;
  try {
    await writeFile(own, formatOwner(owner), { flag: 'wx' });
    await link(own, path).catch((error: unknown) => linkless(path, owner, error));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/** Some file systems have no hard links; there the content appears a moment after the file. */
async function linkless(path: string, owner: LockOwner, error: unknown): Promise<void> {
  if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(error) ?? '')) throw error;
  const handle = await open(path, 'wx');
  await handle.writeFile(formatOwner(owner)).finally(() => handle.close());
}

async function readOwner(path: string): Promise<LockOwner | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseOwner(text);
}

async function isAbandoned({ path, timer }: LockRequest, holder: LockOwner | undefined): Promise<boolean> {
  const ended = holder === undefined ? undefined : await hasEnded(holder);
  if (ended !== undefined) return ended;
  const since = await stat(path).catch(() => undefined);
  return since !== undefined && timer.now().getTime() - since.mtimeMs > ABANDONED_MS;
}

/**
 * Removes an abandoned lock. Two that find it at once would else remove each other's new one: whoever holds the lock named after the
 * abandoned one's token may remove it, and only while it still has that token.
 */
async function takeAway(request: LockRequest, depth: number, holder: LockOwner | undefined): Promise<void> {
  if (depth >= DEEPEST) throw busy(request.path, holder);
  const guard = { ...request, path: `${request.path}-of-${holder?.token ?? 'nobody'}` };
  await locked(guard, depth + 1, async () => {
    if ((await readOwner(request.path))?.token === holder?.token) await rm(request.path, { force: true });
  });
}

function busy(path: string, holder: LockOwner | undefined): KnownGoodError {
  const who =
    holder === undefined ? 'an unknown process' : `process ${holder.pid} on ${seen(holder.host, 80)}`;
  return new KnownGoodError(
    'unavailable',
    `${seenName(path)} is held by ${who}. Run this again when it is done; if no such process runs, remove that file.`,
  );
}
