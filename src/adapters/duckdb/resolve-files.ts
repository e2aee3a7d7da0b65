import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { KnownGoodError } from '../../core/errors.ts';
import { seenName } from '../../core/seen.ts';
import { unreadableTable } from '../tables/open-table.ts';
import { tableError } from '../tables/table-error.ts';
import { isPattern, namePattern } from './name-pattern.ts';

/** Files of one source. */
const MOST_FILES = 10_000;

/** Entries of folders that patterns look at. */
const MOST_ENTRIES = 1_000_000;

/**
 * The files that paths and patterns name, in the order given, those of a pattern sorted by path; a file that is named twice is taken
 * once. In a pattern `*`, `?` and `[…]` stand for characters of a name and `**` for any folders; links to folders are not followed by
 * `**`, and a path that is there is no pattern. A pattern without a file, a folder and more than 10,000 files are `input` errors.
 */
export async function resolveFiles(paths: readonly string[]): Promise<string[]> {
  const files = new Map<string, string>();
  for (const path of paths) {
    const found = isPattern(path) && !(await isThere(path)) ? await filesOf(path) : [path];
    for (const file of found) {
      if (!files.has(resolve(file))) files.set(resolve(file), file);
      if (files.size > MOST_FILES) throw tooMany(path, `more than ${MOST_FILES} files`);
    }
  }
  if (files.size === 0) throw new KnownGoodError('input', 'No file to read was given. Name at least one.');
  return [...files.values()];
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function filesOf(pattern: string): Promise<string[]> {
  const path = process.platform === 'win32' ? pattern.replaceAll('\\', '/') : pattern;
  const walk: Walk = { pattern, files: [], entries: 0 };
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  await walkParts(walk, path.startsWith('/') ? '/' : '', parts);
  if (walk.files.length > 0) return [...new Set(walk.files)].toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  const what = 'no file fits this pattern';
  throw tableError({ path: pattern }, { what, todo: 'Correct it, or name the files' });
}

interface Walk {
  pattern: string;
  files: string[];
  entries: number;
}

async function walkParts(walk: Walk, base: string, parts: readonly string[]): Promise<void> {
  const [part, ...rest] = parts;
  if (part === undefined) return;
  if (part === '**') return walkFolders(walk, base, rest);
  if (!isPattern(part)) {
    if (rest.length > 0) await walkParts(walk, `${base}${part}/`, rest);
    else if (await isFile(`${base}${part}`)) walk.files.push(`${base}${part}`);
    return;
  }
  const fits = namePattern(part);
  for (const entry of await entriesOf(walk, base)) {
    if (!fits(entry.name)) continue;
    const path = `${base}${entry.name}`;
    if (rest.length > 0) await walkParts(walk, `${path}/`, rest);
    else if (!entry.isDirectory() && (!entry.isSymbolicLink() || (await isFile(path)))) walk.files.push(path);
  }
}

/** `**`: here, and in every folder below that does not begin with a dot. */
async function walkFolders(walk: Walk, base: string, rest: readonly string[]): Promise<void> {
  await walkParts(walk, base, rest.length === 0 ? ['*'] : rest);
  for (const entry of await entriesOf(walk, base))
    if (entry.isDirectory() && !entry.name.startsWith('.'))
      await walkFolders(walk, `${base}${entry.name}/`, rest);
}

/** What lies in a folder; nothing where there is no such folder. */
async function entriesOf(walk: Walk, base: string): Promise<Dirent[]> {
  const folder = base === '' ? '.' : base;
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    walk.entries += entries.length;
    if (walk.entries > MOST_ENTRIES)
      throw tooMany(walk.pattern, `more than ${MOST_ENTRIES} names to look at`);
    return entries;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error instanceof KnownGoodError ? error : unreadableTable(folder, error);
  }
}

async function isFile(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && !facts.isDirectory();
}

function tooMany(pattern: string, what: string): KnownGoodError {
  return new KnownGoodError('input', `${seenName(pattern)}: ${what}. Name fewer files, or join them.`);
}
