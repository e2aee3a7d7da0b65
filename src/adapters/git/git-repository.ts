import { join, resolve } from 'node:path';
import type { BaseCommit, FileContent, Repository } from '../../core/ports.ts';
import { baseCommit } from './base-commit.ts';
import { copyAt } from './copy-at.ts';
import { fileContent } from './file-content.ts';
import { placeIn } from './place-in.ts';
import type { Git } from './run-git.ts';
import { commitOf, gitIn, lineOf } from './run-git.ts';

/**
 * The git repository around a folder (`around`, from `cwd`), else around `cwd`. Only plumbing that reads; no work tree, index or branch is
 * touched. `baseBranch` is the pull request's, where known.
 */
export function gitRepository(cwd: string, baseBranch: string | undefined, around = '.'): Repository {
  let opened: Promise<Opened> | undefined;
  const open = () => (opened ??= openAround(cwd, around));
  return {
    headCommit: async () => commitOf((await open()).git, 'HEAD'),
    base: async (): Promise<BaseCommit> => baseCommit((await open()).git, baseBranch),
    copyAt: async (revision, path) => copyIn(await open(), revision, resolve(cwd, path)),
    contentAt: async (revision, path) =>
      revision === 'now'
        ? fileContent(resolve(cwd, path))
        : contentIn(await open(), revision, resolve(cwd, path)),
    yamlWith: async (revision, word) => yamlWith(await open(), revision, word),
    nameOf: async (path) => {
      const { top } = await open();
      return top === undefined ? undefined : placeIn(top, resolve(cwd, path));
    },
  };
}

/** Git in the folder, at the top level where there is one. */
interface Opened {
  git: Git;
  top: string | undefined;
}

async function openAround(cwd: string, around: string): Promise<Opened> {
  for (const folder of [resolve(cwd, around), cwd]) {
    const top = await lineOf(gitIn(folder), 'rev-parse', '--show-toplevel');
    if (top !== undefined) return { git: gitIn(top), top: resolve(top) };
  }
  return { git: gitIn(cwd), top: undefined };
}

async function copyIn({ git, top = '/' }: Opened, revision: string, path: string): ReturnType<typeof copyAt> {
  const place = await placeIn(top, path);
  return place === undefined ? undefined : copyAt(git, { revision, path: place });
}

async function contentIn(opened: Opened, revision: string, path: string): Promise<FileContent | undefined> {
  const copy = await copyIn(opened, revision, path);
  try {
    return copy && (await fileContent(copy.path));
  } finally {
    await copy?.remove();
  }
}

async function yamlWith({ git, top }: Opened, revision: string, word: string): Promise<string[]> {
  const commit = await commitOf(git, revision);
  if (commit === undefined || top === undefined) return [];
  const globs = [':(top,glob)**/*.yml', ':(top,glob)**/*.yaml'];
  const found = await git('grep', '-l', '-z', '-F', '-e', word, commit, '--', ...globs);
  const names = (found?.toString('utf8') ?? '').split('\0').filter((name) => name !== '');
  return names.map((name) => join(top, name.slice(commit.length + 1)));
}
