import { createHash, randomUUID } from 'node:crypto';
import { constants, createReadStream } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm, stat as statOf, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArtifactFile, Digest } from '../../core/digest.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Files } from '../../core/ports.ts';

/** Most files and folders that an artifact may hold. */
const MOST_FILES = 10_000;
const DEEPEST = 32;

/** The machine's files. */
export const nodeFiles: Files = { readText, digest, listArtifact, write, remove };

async function readText(path: string, maxBytes: number): Promise<string | undefined> {
  // Without O_NONBLOCK a named pipe would block for ever.
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) =>
    isAbsent(error) ? undefined : refuse(path, error),
  );
  if (handle === undefined) return undefined;
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) throw new KnownGoodError('input', `${JSON.stringify(path)} is not a regular file.`);
    if (stat.size > maxBytes)
      throw new KnownGoodError(
        'input',
        `${JSON.stringify(path)} has ${stat.size} bytes; at most ${maxBytes} are read.`,
      );
    const bytes = await handle.readFile();
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    return refuse(path, error);
  } finally {
    await handle.close();
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
}

function refuse(path: string, error: unknown): never {
  if (error instanceof KnownGoodError) throw error;
  if (error instanceof TypeError)
    throw new KnownGoodError('input', `${JSON.stringify(path)} is not UTF-8 text. Save it as UTF-8.`, {
      cause: error,
    });
  throw new KnownGoodError(
    'input',
    `${JSON.stringify(path)} cannot be read (${isAbsent(error) ? 'there is no such file' : codeOf(error)}).`,
    { cause: error },
  );
}

async function digest(path: string): Promise<Digest> {
  const sha256 = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) sha256.update(chunk as Buffer);
  } catch (error) {
    refuse(path, error);
  }
  return parseDigest(`sha256:${sha256.digest('hex')}`);
}

async function listArtifact(given: string): Promise<{ kind: 'folder' | 'file'; files: ArtifactFile[] }> {
  // With a slash at its end a link would be followed.
  const path = given.replace(/(?<=.)\/+$/, '');
  const stat = await lstat(path).catch((error: unknown) => refuse(path, error));
  if (stat.isFile()) return { kind: 'file', files: [await describe(path, path.split('/').at(-1) ?? path)] };
  if (!stat.isDirectory())
    throw new KnownGoodError(
      'input',
      `${JSON.stringify(path)} is neither a file nor a folder; links are refused.`,
    );
  const files: ArtifactFile[] = [];
  await walk(path, '', files);
  if (files.length === 0)
    throw new KnownGoodError(
      'input',
      `The folder ${JSON.stringify(path)} is empty; an artifact holds at least a model.`,
    );
  return { kind: 'folder', files };
}

/** A line break in a name would let two different folders have one listing, and so one digest. */
// oxlint-disable-next-line no-control-regex
const AMBIGUOUS = /[\u0000-\u001f\u007f\\]/;

async function walk(root: string, inner: string, files: ArtifactFile[]): Promise<void> {
  if (inner.split('/').length > DEEPEST)
    throw new KnownGoodError(
      'input',
      `${JSON.stringify(join(root, inner))} is nested deeper than ${DEEPEST} folders.`,
    );
  for (const entry of await readdir(join(root, inner), { withFileTypes: true })) {
    const path = inner === '' ? entry.name : `${inner}/${entry.name}`;
    if (AMBIGUOUS.test(entry.name))
      throw new KnownGoodError(
        'input',
        `${JSON.stringify(path)} in ${JSON.stringify(root)} has a control character or a backslash in its name; rename it.`,
      );
    if (entry.isDirectory()) await walk(root, path, files);
    else if (entry.isFile()) files.push(await describe(join(root, path), path));
    else
      throw new KnownGoodError(
        'input',
        `${JSON.stringify(path)} in ${JSON.stringify(root)} is a link or a special file; an artifact holds regular files only.`,
      );
    if (files.length > MOST_FILES)
      throw new KnownGoodError('input', `${JSON.stringify(root)} holds more than ${MOST_FILES} files.`);
  }
}

async function describe(path: string, name: string): Promise<ArtifactFile> {
  const { size } = await lstat(path);
  return { path: name, size, digest: await digest(path) };
}

async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await makeFolder(folder).catch((error: unknown) => refuseWrite(folder, error));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    // A name that nobody can foresee, and `wx`: no link that somebody left here is followed, no other run is in the way.
    const partial = `${path}.${randomUUID()}.partial`;
    try {
      await writeFile(partial, text, { flag: 'wx' });
      await rename(partial, path);
    } catch (error) {
      await rm(partial, { force: true }).catch(() => undefined);
      refuseWrite(path, error);
    }
  }
}

async function remove(folder: string, names: readonly string[]): Promise<void> {
  const stat = await lstat(folder).catch(() => undefined);
  if (stat?.isSymbolicLink() === true)
    throw new KnownGoodError(
      'input',
      `${JSON.stringify(folder)} is a link; the report is written into a folder. Choose another one with --out.`,
    );
  for (const name of names)
    await rm(join(folder, name), { force: true }).catch((error: unknown) =>
      refuseWrite(join(folder, name), error),
    );
}

/** Node's own recursive `mkdir` tries for ever where a file system has no folder to give, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  const stat = await statOf(path).catch(() => undefined);
  if (stat?.isDirectory() === true) return;
  const parent = dirname(path);
  if (stat === undefined && parent !== path) await makeFolder(parent);
  await mkdir(path).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST' || stat !== undefined) throw error;
  });
}

const OBSTACLES: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands in the way',
  ENOTDIR: 'a file stands in the way',
  EISDIR: 'a folder stands in the way',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
};

function refuseWrite(path: string, error: unknown): never {
  const code = codeOf(error);
  throw new KnownGoodError(
    'unavailable',
    `${JSON.stringify(path)} cannot be written (${OBSTACLES[code] ?? code}). Choose another folder with --out.`,
    { cause: error },
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
}
