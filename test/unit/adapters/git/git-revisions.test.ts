import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gitRepository } from '../../../../src/adapters/git/git-repository.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import {
  GIT_ENV,
  temporaryFolder as temporary,
  temporaryRepository as repository,
} from '../../../support/temporary-repository.ts';

describe('the commit that a change is compared with', () => {
  const baseOf = (root: string, branch?: string) => gitRepository(root, branch).base();

  it('is where the change left the base branch, whatever that branch got since', async () => {
    const { root, git, commit } = repository();
    const left = commit({ a: '1' });
    git('checkout', '-q', '-b', 'change');
    commit({ a: '2' });
    git('checkout', '-q', 'main');
    const tip = commit({ b: '1' });
    git('checkout', '-q', 'change');
    const found = { kind: 'commit', revision: left, tip, parent: false };
    expect(await baseOf(root)).toEqual(found);
    expect(await baseOf(root, 'main')).toEqual(found);
  });

  it('is the commit before, on the base branch and behind it', async () => {
    const { root, git, commit } = repository();
    const first = commit({ a: '1' });
    commit({ a: '2' });
    const found = { kind: 'commit', revision: first, tip: first, parent: true };
    expect(await baseOf(root)).toEqual(found);
    git('checkout', '-q', '-b', 'behind');
    git('checkout', '-q', 'main');
    commit({ a: '3' });
    git('checkout', '-q', 'behind');
    expect(await baseOf(root)).toEqual(found);
  });

  it('is the tip of a branch that shares no history with the change', async () => {
    const { root, git, commit } = repository();
    const tip = commit({ a: '1' });
    git('checkout', '-q', '--orphan', 'change');
    commit({ a: '2' });
    expect(await baseOf(root)).toMatchObject({ kind: 'commit', revision: tip });
  });

  it('does not exist before the first commit, and outside of git', async () => {
    const { root, commit } = repository('trunk');
    expect(await baseOf(root)).toEqual({ kind: 'outside' });
    commit({ a: '1' });
    expect(await baseOf(root)).toEqual({ kind: 'first' });
    expect(await baseOf(temporary())).toEqual({ kind: 'outside' });
  });

  it('is missed where there must be one', async () => {
    const { root, commit } = repository('trunk');
    commit({ a: '1' });
    commit({ a: '2' });
    const unavailable = (why: RegExp) => ({ kind: 'unavailable', why: expect.stringMatching(why) });
    expect(await baseOf(root)).toMatchObject(unavailable(/which branch is the default one/));
    expect(await baseOf(root, 'main')).toMatchObject(unavailable(/lacks the base branch "main"/));
    expect(await baseOf(temporary(), 'main')).toMatchObject(unavailable(/no git clone/));
    const shallow = temporary();
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, shallow], {
      env: GIT_ENV,
      stdio: 'pipe',
    });
    expect(await baseOf(shallow)).toMatchObject({
      ...unavailable(/shallow/),
      settle: expect.stringMatching(/fetch-depth: 0/),
    });
  });
});

describe('a file of a revision', () => {
  const at = (root: string, revision: string, path: string) =>
    gitRepository(root, undefined).contentAt(revision, path);

  it('is found from every folder, by every spelling of its path', async () => {
    const { root, commit } = repository();
    const head = commit({ 'svc/data/f.csv': 'a\n1\n', 'other/x': '' });
    const outside = temporary();
    symlinkSync(root, join(outside, 'link'));
    const bytes = digestOf('a\n1\n');
    for (const [cwd, path, around] of [
      [root, 'svc/data/f.csv', '.'],
      [root, './svc/../svc/data/f.csv', '.'],
      [join(root, 'svc'), 'data/f.csv', '.'],
      [join(root, 'other'), '../svc/data/f.csv', '../svc'],
      [outside, join(root, 'svc/data/f.csv'), root],
      [outside, 'link/svc/data/f.csv', 'link/svc'],
    ] as const) {
      const found = gitRepository(cwd, undefined, around);
      expect(await found.contentAt(head, path), path).toMatchObject({ bytes });
      expect(await found.nameOf(path)).toBe('svc/data/f.csv');
    }
  });

  it('is what its links lead to inside of the revision', async () => {
    const { root, commit } = repository();
    mkdirSync(join(root, 'data'));
    symlinkSync('data', join(root, 'current'));
    symlinkSync('../data/real.csv', join(root, 'data/f.csv'));
    symlinkSync('/etc/hostname', join(root, 'data/out.csv'));
    symlinkSync('circle', join(root, 'circle'));
    const head = commit({ 'data/real.csv': 'old' });
    writeFileSync(join(root, 'data/real.csv'), 'new');
    expect(await at(root, head, 'current/f.csv')).toMatchObject({ bytes: digestOf('old') });
    expect(await at(root, 'now', 'current/f.csv')).toMatchObject({ bytes: digestOf('new') });
    for (const path of ['data/out.csv', 'circle', 'nope', 'data/real.csv/x'])
      expect(await at(root, head, path), path).toBe(undefined);
  });

  it('has the same text whatever packs it and ends its lines', async () => {
    const { root, commit } = repository();
    const text = 'a,b\n1,2\n'.repeat(300_000);
    const crlf = text.replaceAll('\n', '\r\n');
    const head = commit({ 'f.csv': text, 'other.csv': `${text}3,4\n` });
    writeFileSync(join(root, 'f.csv'), crlf);
    writeFileSync(join(root, 'f.csv.gz'), gzipSync(text));
    const before = await at(root, head, 'f.csv');
    expect(before?.text).toBe(digestOf(text));
    expect(await at(root, 'now', 'f.csv')).toEqual({ bytes: digestOf(crlf), text: before?.text });
    expect((await at(root, 'now', 'f.csv.gz'))?.text).toBe(before?.text);
    expect((await at(root, 'now', 'other.csv'))?.text).not.toBe(before?.text);
  });

  it('behind a pointer of git-LFS is the file that it stands for', async () => {
    const { root, commit } = repository();
    const head = commit({
      f: `version https://git-lfs.github.com/spec/v1\noid ${digestOf('big')}\nsize 3\n`,
    });
    expect(await at(root, head, 'f')).toEqual({ bytes: digestOf('big'), text: undefined });
  });

  it('is found by a word in it, where it is YAML', async () => {
    const { root, commit } = repository();
    const head = commit({ 'a/x.yml': 'models:', 'y.yaml': 'the models', 'z.md': 'models', 'w.yml': 'no' });
    rmSync(join(root, 'y.yaml'));
    const found = gitRepository(join(root, 'a'), undefined);
    expect(await found.yamlWith(head, 'models')).toEqual([join(root, 'a/x.yml'), join(root, 'y.yaml')]);
    expect(await found.yamlWith('nope', 'models')).toEqual([]);
  });
});
