import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFolder } from './ledger-repository.ts';

const REAL = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();

/** Puts a shell script in the place of `git` until the test ends; `$GIT` in it is the real one. */
export function shimGit(script: string): void {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'git'), `#!/bin/sh\nGIT='${REAL}'\n${script}\n`, { mode: 0o755 });
  const before = process.env['PATH'] ?? '';
  process.env['PATH'] = `${folder}:${before}`;
  onTestFinished(() => void (process.env['PATH'] = before));
}

/** Counts the git commands that are started from now on: the name of each, in order, since the last call. */
export function countGit(): () => string[] {
  const log = join(temporaryFolder(), 'log');
  writeFileSync(log, '');
  shimGit(`printf '%s\\n' "$*" >> '${log}'\nexec "$GIT" "$@"`);
  return () => {
    const lines = readFileSync(log, 'utf8').split('\n').slice(0, -1);
    writeFileSync(log, '');
    return lines.map((line) => line.replace(/-c \S+ /g, '').split(' ')[0] ?? '');
  };
}
