import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createGitLedger } from '../../../../../src/adapters/git/ledger/create-git-ledger.ts';
import type { LedgerStore } from '../../../../../src/core/ledger-store.ts';
import { shimGit } from '../../../../support/git-shim.ts';
import { repositoryAt, temporaryFolder, testRepository } from '../../../../support/ledger-repository.ts';
import type { TestRepository } from '../../../../support/ledger-repository.ts';

const now = () => new Date('2026-01-02T03:04:05Z');
const ROOT = process.getuid?.() === 0;
const local = ({ root }: TestRepository) => createGitLedger({ folder: root, now });
const ref = 'refs/heads/known-good-ledger';

async function first(ledger: LedgerStore) {
  const appended = await ledger.append({ parent: undefined, files: { a: '1' }, message: 'x' });
  if (appended.kind !== 'appended') throw new Error('The append was lost.');
  return appended.head;
}

function setVariable(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}

const unavailable = (message: RegExp) => ({
  name: 'KnownGoodError',
  code: 'unavailable',
  message: expect.stringMatching(message) as string,
});

describe('a ledger that cannot be opened', () => {
  it('without git', async () => {
    const repository = testRepository();
    setVariable('PATH', temporaryFolder());
    await expect(local(repository).read([])).rejects.toMatchObject(
      unavailable(/^git was not found .* install git/),
    );
  });

  it('without a repository, and without the folder', async () => {
    const folder = temporaryFolder();
    setVariable('GIT_CEILING_DIRECTORIES', join(folder, '..'));
    const at = (name: string) => createGitLedger({ folder: join(folder, name), now }).read([]);
    await expect(at('.')).rejects.toMatchObject(unavailable(/is in no git repository.* git init/));
    await expect(at('absent')).rejects.toMatchObject(unavailable(/There is no folder .*absent/));
  });

  it.skipIf(!ROOT)('of another user (needs root, to give a folder away)', async () => {
    const { root } = testRepository();
    chownSync(root, 65_534, 65_534);
    chownSync(join(root, '.git'), 65_534, 65_534);
    setVariable('GIT_CONFIG_GLOBAL', '/dev/null');
    await expect(createGitLedger({ folder: root, now }).read([])).rejects.toMatchObject(
      unavailable(/does not trust .* git config --global --add safe\.directory \S+$/),
    );
  });

  it.each(['-x', 'a..b', 'a.lock', 'a/', 'a b', 'a~1', '', '@{x'])('on the branch %j', (branch) => {
    expect(() => createGitLedger({ folder: '.', branch, now })).toThrow(
      "cannot be the name of the ledger's branch",
    );
  });

  it.each(['--upload-pack=touch x', ''])('at the remote %j', (remote) => {
    expect(() => createGitLedger({ folder: '.', remote, now })).toThrow("cannot be the ledger's remote");
  });
});

describe('a ledger that cannot be written', () => {
  it('names a lock that was left behind, and works again without it', async () => {
    const repository = testRepository();
    const ledger = local(repository);
    const head = await first(ledger);
    writeFileSync(join(repository.root, `.git/${ref}.lock`), '');
    const append = () => ledger.append({ parent: head, files: { a: '2' }, message: 'x' });
    await expect(append()).rejects.toMatchObject(
      unavailable(
        / left \.git\/refs\/heads\/known-good-ledger\.lock in the repository\. If no git is running/,
      ),
    );
    expect((await ledger.read(['a'])).files['a']).toBe('1');
    execFileSync('rm', [join(repository.root, `.git/${ref}.lock`)]);
    expect((await append()).kind).toBe('appended');
  });

  it('says so where another branch is in the way', async () => {
    const repository = testRepository();
    repository.git('commit', '-q', '--allow-empty', '-m', 'c');
    repository.git('branch', 'known-good-ledger/other');
    await expect(first(local(repository))).rejects.toMatchObject(
      unavailable(/could not move the branch .*other/),
    );
  });

  it('says so in a repository that may only be read', async ({ skip }) => {
    const repository = testRepository();
    const ledger = local(repository);
    const head = await first(ledger);
    if (ROOT && !dropRights(repository.root)) skip('root may write everywhere, and setpriv is not here');
    execFileSync('chmod', ['-R', 'a-w,a+rX', repository.root]);
    onTestFinished(() => void execFileSync('chmod', ['-R', 'u+w', repository.root]));
    await expect(ledger.append({ parent: head, files: { a: '2' }, message: 'x' })).rejects.toMatchObject(
      unavailable(/cannot be written to .* Run as a user who may write there/),
    );
    expect(await ledger.read(['a'])).toEqual({ head, files: { a: '1' } });
  });

  it('says so on a full disk', async ({ skip }) => {
    const root = temporaryFolder();
    if (!mountSmall(root)) skip('only root may mount a small file system');
    const repository = repositoryAt(join(root), []);
    const ledger = local(repository);
    const head = await first(ledger);
    execFileSync('sh', ['-c', 'dd if=/dev/zero of=filler bs=1k 2>/dev/null || true'], { cwd: root });
    const files = { a: Array.from({ length: 20_000 }, (_, i) => i * i).join() };
    await expect(ledger.append({ parent: head, files, message: 'x' })).rejects.toMatchObject(
      unavailable(/the disk is full/),
    );
    expect(await ledger.read(['a'])).toEqual({ head, files: { a: '1' } });
  });
});

function mountSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return false;
  }
  onTestFinished(() => void execFileSync('umount', [folder]));
  return true;
}

/** Runs git as nobody, who trusts every folder. */
function dropRights(root: string): boolean {
  if (!existsSync('/usr/bin/setpriv')) return false;
  const config = join(temporaryFolder(), 'config');
  writeFileSync(config, '[safe]\n\tdirectory = *\n');
  chmodSync(join(config, '..'), 0o755);
  chmodSync(root, 0o755);
  setVariable('GIT_CONFIG_GLOBAL', config);
  shimGit('exec /usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups "$GIT" "$@"');
  return true;
}

describe('a remote ledger', () => {
  const SECRET = 'https://user:hunter2@host.example';
  const remoteOf = (remote: string, clone = testRepository()) =>
    createGitLedger({ folder: clone.root, remote, now });

  it('that refuses the push is unavailable, in its own words, without credentials', async () => {
    const { root } = testRepository('--bare');
    const hook = `#!/bin/sh\nprintf '\\033[31mGH006: Protected branch, see ${SECRET}/rules\\007\\n' >&2\nexit 1\n`;
    mkdirSync(join(root, 'hooks'), { recursive: true });
    writeFileSync(join(root, 'hooks/pre-receive'), hook, { mode: 0o755 });
    const refusal = await first(remoteOf(root)).catch((error: unknown) => String(error));
    expect(refusal).toMatch(/refused the push to known-good-ledger \(pre-receive hook declined: .*GH006/);
    expect(refusal).not.toMatch(/hunter2|user:|\p{Cc}/u);
    expect((await remoteOf(root).read([])).head).toBeUndefined();
  });

  it('that is not there is unavailable', async () => {
    const absent = `file://${join(temporaryFolder(), 'absent')}`;
    await expect(remoteOf(absent).read([])).rejects.toMatchObject(unavailable(/could not ask the remote/));
    await expect(first(remoteOf(absent))).rejects.toMatchObject(unavailable(/could not push the ledger/));
    const refused = remoteOf('http://user:hunter2@127.0.0.1:9/r.git').read([]);
    await expect(refused).rejects.toMatchObject(unavailable(/^(?!.*hunter2).*could not ask the remote/));
  });

  it('that takes too long is unavailable', async () => {
    const { root } = testRepository();
    setVariable('GIT_SSH_COMMAND', 'sleep 60; echo');
    const options = { folder: root, remote: 'ssh://host.example/r', now, networkTimeoutMs: 300 };
    await expect(createGitLedger(options).read([])).rejects.toMatchObject(unavailable(/did not end in time/));
  });

  it('that went back is read as it is, and takes nothing on top of what it lost', async () => {
    const [remote, clone] = [testRepository('--bare'), testRepository()];
    const ledger = remoteOf(remote.root, clone);
    const one = await first(ledger);
    const two = await ledger.append({ parent: one, files: { a: '2' }, message: 'x' });
    if (two.kind !== 'appended') throw new Error('The append was lost.');
    await ledger.read([]);
    remote.git('update-ref', ref, one);
    expect(await ledger.append({ parent: two.head, files: { a: '3' }, message: 'x' })).toEqual({
      kind: 'lost',
    });
    expect(await ledger.read(['a'])).toEqual({ head: one, files: { a: '1' } });
    remote.git('update-ref', '-d', ref);
    expect(await ledger.append({ parent: one, files: { a: '3' }, message: 'x' })).toEqual({ kind: 'lost' });
    expect(await ledger.read(['a'])).toEqual({ head: undefined, files: { a: undefined } });
    expect(await first(ledger)).toMatch(/^[0-9a-f]{40}$/);
    expect((await ledger.read(['a'])).files['a']).toBe('1');
  });

  it('is read whole from a shallow clone', async () => {
    const source = testRepository();
    source.git('commit', '-q', '--allow-empty', '-m', '1');
    source.git('commit', '-q', '--allow-empty', '-m', '2');
    const one = await first(local(source));
    await local(source).append({ parent: one, files: { b: '1' }, message: 'x' });
    const url = `file://${source.root}`;
    const clone = temporaryFolder();
    source.git('clone', '-q', '--depth', '1', '-b', 'main', url, clone);
    const ledger = createGitLedger({ folder: clone, remote: 'origin', now });
    const head = (await ledger.read([])).head ?? one;
    expect(await ledger.contains(head, one)).toBe(true);
    const cut = temporaryFolder();
    source.git('clone', '-q', '--depth', '1', '--no-single-branch', url, cut);
    const blind = createGitLedger({ folder: cut, remote: 'origin', now });
    expect((await blind.read(['a'])).files['a']).toBe('1');
    await expect(blind.contains(head, one)).rejects.toMatchObject(
      unavailable(/shallow .* git fetch --unshallow/),
    );
  });
});

describe('a ledger that somebody else wrote to', () => {
  /** A branch whose root has one entry, made by git itself. */
  function write(repository: TestRepository, mode: string, bytes: Uint8Array): void {
    const at = { cwd: repository.root, encoding: 'utf8' as const };
    const blob = execFileSync('git', ['hash-object', '-w', '--stdin'], { ...at, input: bytes }).trim();
    const tree = execFileSync('git', ['mktree'], { ...at, input: `${mode} blob ${blob}\tf\n` }).trim();
    repository.git('update-ref', ref, repository.git('commit-tree', tree, '-m', 'x'));
  }

  it('refuses files that are too large or no text', async () => {
    const repository = testRepository();
    write(repository, '100644', new Uint8Array(2 ** 20 + 1));
    await expect(local(repository).read(['f'])).rejects.toMatchObject(
      unavailable(/^f in the ledger has 1048577 bytes/),
    );
    write(repository, '100644', Uint8Array.of(0x61, 0xff));
    await expect(local(repository).read(['f'])).rejects.toMatchObject(
      unavailable(/^f in the ledger is no UTF-8/),
    );
    const head = (await local(repository).read([])).head;
    if (head === undefined) throw new Error('There is no branch.');
    await expect(local(repository).readAll(head, '')).rejects.toMatchObject(
      unavailable(/^f in the ledger is no/),
    );
  });

  it('does not take a damaged branch for an absent one', async () => {
    const repository = testRepository();
    await first(local(repository));
    writeFileSync(join(repository.root, '.git', ref), `${'a'.repeat(40)}\n`);
    await expect(local(repository).read([])).rejects.toMatchObject(
      unavailable(/cannot be read as a commit.*fsck/),
    );
  });
});
