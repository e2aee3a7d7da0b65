import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Without the user's settings, and with commits that are the same at each run. */
export const GIT_ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

/** Files by path: what is written there, `undefined` removes it. */
export type Contents = Readonly<Record<string, string | Uint8Array | undefined>>;

/** A git repository that is gone when the test is over. */
export interface TemporaryRepository {
  root: string;
  git(...args: string[]): string;
  /** Writes files and commits all of the work tree; the commit. */
  commit(files: Contents): string;
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'known-good-git-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** An empty repository on a branch. */
export function temporaryRepository(branch = 'main'): TemporaryRepository {
  const root = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: root, env: GIT_ENV, encoding: 'utf8', stdio: 'pipe' }).trim();
  git('init', '-q', '-b', branch);
  const commit = (files: Contents) => {
    writeFiles(root, files);
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', 'c');
    return git('rev-parse', 'HEAD');
  };
  return { root, git, commit };
}

/** Writes files below a folder. */
export function writeFiles(root: string, files: Contents): void {
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) rmSync(join(root, name), { force: true });
    else {
      mkdirSync(join(root, name, '..'), { recursive: true });
      writeFileSync(join(root, name), content);
    }
  }
}
