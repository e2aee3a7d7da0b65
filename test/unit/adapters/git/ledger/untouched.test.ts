import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGitLedger } from '../../../../../src/adapters/git/ledger/create-git-ledger.ts';
import type { GitLedgerOptions } from '../../../../../src/adapters/git/ledger/create-git-ledger.ts';
import { countGit } from '../../../../support/git-shim.ts';
import { testRepository } from '../../../../support/ledger-repository.ts';
import type { TestRepository } from '../../../../support/ledger-repository.ts';

const now = () => new Date('2026-01-02T03:04:05Z');
const HOOKS = ['pre-commit', 'reference-transaction', 'pre-push', 'post-update', 'update', 'pre-receive'];

/** Every file of a folder but git's objects and the refs that the ledger may write, with its bytes. */
function filesOf(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) =>
      !/(^|\/)objects\/|^\.git\/refs\/(heads\/known-good-ledger|known-good|remotes\/origin)/.test(name),
  );
  const files = names.filter((name) => statSync(join(root, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(root, name), 'latin1')]));
}

/** A repository in the middle of somebody's work, whose hooks all fail and whose settings are all in the way. */
function busyRepository(): TestRepository {
  const repository = testRepository();
  const { root, git } = repository;
  writeFileSync(join(root, 'kept'), '1');
  git('add', '-A');
  git('commit', '-q', '-m', 'c');
  writeFileSync(join(root, 'kept'), '2');
  writeFileSync(join(root, 'staged'), 's');
  git('add', 'staged');
  for (const hook of HOOKS)
    writeFileSync(join(root, '.git/hooks', hook), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const settings = {
    'core.logAllRefUpdates': 'always',
    'commit.gpgSign': 'true',
    'push.gpgSign': 'true',
    'user.useConfigOnly': 'true',
    'gc.auto': '1',
    'push.followTags': 'true',
    'core.autocrlf': 'true',
  };
  for (const [key, value] of Object.entries(settings)) git('config', key, value);
  return repository;
}

function misleadGit(): void {
  const before = { ...process.env };
  Object.assign(process.env, {
    GIT_DIR: '/nowhere',
    GIT_INDEX_FILE: '/nowhere/index',
    GIT_WORK_TREE: '/nowhere',
  });
  onTestFinished(() => {
    for (const name of ['GIT_DIR', 'GIT_INDEX_FILE', 'GIT_WORK_TREE']) delete process.env[name];
    Object.assign(process.env, before);
  });
}

async function useLedger(options: Omit<GitLedgerOptions, 'now'>): Promise<void> {
  const ledger = createGitLedger({ ...options, now });
  const first = await ledger.append({ parent: undefined, files: { a: 'x\r\n' }, message: 'one' });
  if (first.kind !== 'appended') throw new Error('The append was lost.');
  await ledger.append({ parent: first.head, files: { 'b/c': '2' }, message: 'two' });
  const view = await ledger.read(['a']);
  expect(view.files['a']).toBe('x\r\n');
  expect(await ledger.contains(view.head ?? first.head, first.head)).toBe(true);
}

describe('the repository of the user', () => {
  it.each(['local', 'remote'])('stays as it is around a %s ledger', async (mode) => {
    const { root, git } = busyRepository();
    const remote = testRepository('--bare');
    git('remote', 'add', 'origin', remote.root);
    const before = {
      files: filesOf(root),
      status: git('status', '--porcelain'),
      head: git('rev-parse', 'HEAD'),
    };
    misleadGit();
    await useLedger({ folder: root, ...(mode === 'remote' && { remote: 'origin' }) });
    expect(filesOf(root)).toEqual(before.files);
    expect(git('status', '--porcelain')).toBe(before.status);
    expect(git('rev-parse', 'HEAD')).toBe(before.head);
    const branches = git('for-each-ref', '--format=%(refname)', 'refs/heads').split('\n');
    expect(branches).toEqual([
      ...(mode === 'local' ? ['refs/heads/known-good-ledger'] : []),
      'refs/heads/main',
    ]);
    (mode === 'local' ? git : remote.git)('fsck', '--strict');
  });

  it('is told when the branch is checked out, once, and its files stay', async () => {
    const { root, git } = testRepository();
    const ledger = createGitLedger({ folder: root, now });
    const first = await ledger.append({ parent: undefined, files: { a: '1' }, message: 'x' });
    if (first.kind !== 'appended') throw new Error('The append was lost.');
    git('checkout', '-q', 'known-good-ledger');
    const told: string[] = [];
    const other = createGitLedger({ folder: root, now, notice: (sentence) => told.push(sentence) });
    const second = await other.append({ parent: first.head, files: { a: '2' }, message: 'x' });
    if (second.kind !== 'appended') throw new Error('The append was lost.');
    await other.append({ parent: second.head, files: { a: '3' }, message: 'x' });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      /^The branch known-good-ledger is checked out in .+ and has moved on: commit nothing there/,
    );
    expect(readFileSync(join(root, 'a'), 'utf8')).toBe('1');
  });
});

describe('the git commands of a ledger', () => {
  it.each([
    ['local', ['cat-file'], ['cat-file', 'unpack-objects', 'update-ref']],
    ['remote', ['fetch', 'cat-file'], ['cat-file', 'unpack-objects', 'push']],
  ])('are few, %s', async (mode, reading, appending) => {
    const [{ root }, remote] = [testRepository(), testRepository('--bare')];
    mkdirSync(join(root, 'folder'));
    const ledger = createGitLedger({ folder: root, now, ...(mode === 'remote' && { remote: remote.root }) });
    const first = await ledger.append({ parent: undefined, files: { a: '1' }, message: 'x' });
    if (first.kind !== 'appended') throw new Error('The append was lost.');
    const counted = countGit();
    await ledger.read(['a', 'b/c', 'd']);
    expect(counted()).toEqual(reading);
    const files = { 'a/b/c': '1', 'd/e/f': '2', g: '3' };
    const parent = first.head;
    await ledger.append({ parent, files: { ...files, a: '1' }, message: 'x' }).catch(() => undefined);
    counted();
    await ledger.append({ parent, files: { 'b/c/d': '1', 'd/e/f': '2', g: '3' }, message: 'x' });
    expect(counted()).toEqual(appending);
    await createGitLedger({ folder: root, now }).read([]);
    expect(counted()).toEqual(
      mode === 'local' ? ['rev-parse', 'cat-file'] : ['rev-parse', 'cat-file', 'rev-parse'],
    );
  });
});
