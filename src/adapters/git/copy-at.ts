import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { KnownGoodError } from '../../core/errors.ts';
import { followLinks } from './follow-links.ts';
import type { Git } from './run-git.ts';
import { commitOf } from './run-git.ts';

/** Copies what a revision has at a path of the repository (`Repository.copyAt`); git runs at its top level. */
export async function copyAt(
  git: Git,
  { revision, path }: { revision: string; path: string },
): Promise<{ path: string; remove(): Promise<void> } | undefined> {
  const commit = await commitOf(git, revision);
  if (commit === undefined)
    throw new KnownGoodError(
      'input',
      `There is no commit ${JSON.stringify(revision)} here. In a workflow, check out with fetch-depth: 0, or name another baseline.`,
    );
  const real = await followLinks(git, { commit, path });
  if (real === undefined) return undefined;
  const listing = await git('ls-tree', '-r', '-z', commit, ...(real === '' ? [] : ['--', real]));
  const entries = (listing?.toString('utf8') ?? '').split('\0').filter((line) => line !== '');
  if (entries.length === 0) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'known-good-baseline-'));
  try {
    for (const entry of entries) await copyEntry(git, entry, folder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return { path: join(folder, real), remove: () => rm(folder, { recursive: true, force: true }) };
}

async function copyEntry(git: Git, entry: string, folder: string): Promise<void> {
  const tab = entry.indexOf('\t');
  const name = entry.slice(tab + 1);
  const [mode, , blob = ''] = entry.slice(0, tab).split(' ');
  if (mode !== '100644' && mode !== '100755')
    throw new KnownGoodError(
      'input',
      `${JSON.stringify(name)} is a link or a submodule in that revision; an artifact holds regular files only.`,
    );
  const target = resolve(folder, name);
  if (!target.startsWith(folder + sep))
    throw new KnownGoodError('input', `${JSON.stringify(basename(name))} is no name of a file here.`);
  const bytes = await git('cat-file', 'blob', blob);
  if (bytes === undefined)
    throw new KnownGoodError('unavailable', `git could not read ${JSON.stringify(name)} from that revision.`);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, bytes);
}
