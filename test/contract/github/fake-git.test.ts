import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepository } from '../../support/github/git-repository.ts';

const DATE = '2026-01-02T03:04:05Z';
const FILES = {
  'README.md': '# Models\n',
  'a/b/c.txt': 'ä\n',
  'a-b': 'sorts before a/\n',
  'a.txt': 'sorts before a/, too\n',
  empty: '',
};

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'known-good-fake-git-'));
  git('init', '--quiet', '--initial-branch', 'main');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): string {
  const who = { NAME: 'Ann Lee', EMAIL: 'ann@example.com', DATE };
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(who).map(([key, value]) => [`GIT_${role}_${key}`, value]),
    ),
  );
  const clean = { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ...env };
  return execFileSync('git', args, { cwd: folder, env: clean, encoding: 'utf8' }).trim();
}

describe('the fake git', () => {
  it('gives blobs, trees and commits the ids that git gives them', () => {
    const fake = createGitRepository();
    for (const [path, text] of Object.entries(FILES)) {
      execFileSync('mkdir', ['-p', join(folder, path, '..')]);
      writeFileSync(join(folder, path), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--cleanup=verbatim', '--message', 'first\n\nwith a body');
    const author = { name: 'Ann Lee', email: 'ann@example.com', date: DATE };
    // `git commit -m` ends the message with a newline, which is part of the object.
    const oid = fake.commit({ parent: undefined, write: FILES, author, message: 'first\n\nwith a body\n' });

    for (const [path, text] of Object.entries(FILES))
      expect(fake.put({ kind: 'blob', bytes: Buffer.from(text) })).toBe(git('hash-object', path));
    expect(fake.get(oid, 'commit')?.tree).toBe(git('rev-parse', 'HEAD^{tree}'));
    expect(oid).toBe(git('rev-parse', 'HEAD'));

    rmSync(join(folder, 'a-b'));
    writeFileSync(join(folder, 'a/new'), Buffer.from([0, 255]));
    git('add', '--all');
    git('commit', '--quiet', '--message', 'second');
    const write = { 'a/new': Buffer.from([0, 255]) };
    const next = fake.commit({ parent: oid, write, remove: ['a-b'], author, message: 'second\n' });
    expect(next).toBe(git('rev-parse', 'HEAD'));
  });
});
