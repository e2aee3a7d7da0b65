import { randomUUID } from 'node:crypto';
import { access, constants, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { KnownGoodError } from '../../core/errors.ts';
import type { DeployRequest } from '../../core/ports.ts';
import { seenName } from '../../core/seen.ts';

const recordSchema = z.object({
  schema: z.literal(1),
  seq: z.int().min(0),
  operation: z.string().max(200),
  version: z.string().max(200),
  digest: z.string().max(200),
  /** When it began, ISO. */
  at: z.string().max(100),
  /** The command's process group while it runs. */
  group: z.object({ pid: z.int().positive(), identity: z.string().max(300).optional() }).optional(),
});

/** The latest deployment that this machine began for a lane. */
export type DeploymentRecord = z.infer<typeof recordSchema>;

const MOST_BYTES = 10_000;

/** Where a lane's record is; names of lanes hold no `@`. */
export function recordPath(folder: string, { model, environment }: DeployRequest): string {
  return join(folder, `${model}@${environment}.json`);
}

/** The system's code for why the record at a path can be neither read nor written, e.g. EACCES; `undefined` where it can. */
export async function noteProblem(path: string): Promise<string | undefined> {
  const trial = `${path}-${randomUUID()}.trial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    // More than asking for permission: a full disk lets nothing be written either.
    await writeFile(trial, 'trial\n', { flag: 'wx' });
    await access(path, constants.R_OK).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
    return undefined;
  } catch (error) {
    return codeOf(error) ?? 'unknown';
  } finally {
    await rm(trial, { force: true }).catch(() => undefined);
  }
}

/** The record of a lane; `undefined` before its first deployment. One that cannot be understood is an `unavailable` error. */
export async function readRecord(path: string): Promise<DeploymentRecord | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw unusable(path, error);
  });
  if (text === undefined) return undefined;
  try {
    if (text.length > MOST_BYTES) throw new RangeError('too large');
    return recordSchema.parse(JSON.parse(text));
  } catch (cause) {
    const todo = 'Make sure that no deployment runs, and remove the file';
    const message = `${seenName(path)}, which says what was deployed last from here, cannot be understood. ${todo}.`;
    throw new KnownGoodError('unavailable', message, { cause });
  }
}

/** Writes the record durably, whole or not at all; only under the lane's lock. */
export async function writeRecord(path: string, record: DeploymentRecord): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(partial, 'w', 0o644);
    await handle
      .writeFile(text(record))
      .then(() => handle.sync())
      .finally(() => handle.close());
    renameSync(partial, path);
  } catch (error) {
    throw unusable(path, error);
  }
}

/** The same without waiting, right after a program was started: a kill in between would leave it unknown. */
export function writeRecordNow(path: string, record: DeploymentRecord): void {
  const partial = `${path}.partial`;
  try {
    writeFileSync(partial, text(record), { mode: 0o644 });
    renameSync(partial, path);
  } catch (error) {
    throw unusable(path, error);
  }
}

function text(record: DeploymentRecord): string {
  return `${JSON.stringify(record)}\n`;
}

function unusable(path: string, error: unknown): KnownGoodError {
  const code = codeOf(error) ?? 'unknown';
  return new KnownGoodError(
    'unavailable',
    `${seenName(path)}, which says what was deployed last from here, cannot be read or written (${code}). Make room, or correct its permissions.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
