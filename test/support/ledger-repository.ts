import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A temporary git repository of a test. */
export interface TestRepository {
  root: string;
  /** Runs git in it, without the machine's settings, and returns what it printed. */
  git(...args: string[]): string;
}

const ENV = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
  LC_ALL: 'C',
};

/** A new folder that is removed after the test. */
export function temporaryFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'known-good-ledger-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  return root;
}

/** A new repository with what `git init` is given besides, removed after the test. */
export function testRepository(...init: string[]): TestRepository {
  return repositoryAt(temporaryFolder(), init);
}

/** Makes a repository of an empty folder. */
export function repositoryAt(root: string, init: readonly string[]): TestRepository {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: root,
      env: ENV,
      encoding: 'utf8',
      stdio: 'pipe',
      maxBuffer: 2 ** 28,
    }).trim();
  git('init', '-q', '-b', 'main', ...init);
  return { root, git };
}
