import { describe, expect, it } from 'vitest';
import { createGitHubLedger } from '../../../src/adapters/github/ledger/create-github-ledger.ts';
import type { Head } from '../../../src/core/ledger-store.ts';
import { ledgerStoreContract } from '../ledger-store-contract.ts';
import { clientDesk } from './client-desk.ts';
import { BRANCH, begun, failure, ledgerOf } from './ledger-desk.ts';

ledgerStoreContract('GitHub', async () => {
  const desk = await clientDesk();
  return { ours: ledgerOf(desk), theirs: ledgerOf(desk) };
});

describe('the ledger on GitHub', () => {
  it('reads in one request, appends in another', async () => {
    const { ledger, head, github } = await begun({
      'lanes/m/e/state.json': '{}',
      'releases/m/quarantine.json': '[]',
    });
    await ledger.read(['lanes/m/e/state.json', 'releases/m/quarantine.json', 'absent']);
    expect(github.requests).toHaveLength(1);
    await ledger.append({
      parent: head,
      files: { 'lanes/m/e/state.json': '{"a":1}' },
      message: 'm/e: moved',
    });
    expect(github.requests.map(({ graphql }) => graphql?.operationName)).toEqual([
      'readLedger',
      'appendToLedger',
    ]);
  });

  it('begins as a branch without a history, in commits of one line', async () => {
    const { ledger, head, github } = await begun();
    const second = await ledger.append({ parent: head, files: {}, message: 'one\nInjected: two\u2028three' });
    expect(github.git.get(head, 'commit')).toMatchObject({ parents: [], message: 'begin' });
    expect(second.kind === 'appended' && github.git.get(second.head, 'commit')).toMatchObject({
      parents: [head],
      message: 'one Injected: two three',
    });
    expect(github.files('main')).toEqual({ 'README.md': '# Models\n' });
  });

  it('keeps everything when an append writes beside it', async () => {
    const { ledger, head, github } = await begun({ 'a/b': '1', c: '2' });
    await ledger.append({ parent: head, files: { 'a/d': '3' }, message: 'x' });
    expect(github.files(BRANCH)).toEqual({ 'a/b': '1', 'a/d': '3', c: '2' });
  });

  it('reads many paths from the commit that it saw first', async () => {
    const files = Object.fromEntries(Array.from({ length: 65 }, (_, index) => [`f/${index}`, `${index}`]));
    const { ledger, github } = await begun(files);
    let moved = 0;
    github.fault(({ graphql }) => {
      if (graphql?.operationName !== 'readLedgerFiles') return undefined;
      moved = 1;
      github.push(BRANCH, { 'f/64': 'moved' });
      return undefined;
    });
    expect((await ledger.read(Object.keys(files))).files).toEqual(files);
    expect(moved).toBe(1);
  });

  it('reads all of three hundred entries in a few requests', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [
        `lanes/m/e/entries/0/${index}-intent.json`,
        `{"seq":${index}}\n`,
      ]),
    );
    const { ledger, head, github } = await begun({ ...files, other: 'x' });
    const found = await ledger.readAll(head, 'lanes/m/e');
    expect(Object.fromEntries(found)).toEqual(files);
    expect([...found.keys()]).toEqual(Object.keys(files).sort());
    expect(github.requests.length).toBeLessThanOrEqual(6);
  });

  it('reads a tree that GitHub cuts folder by folder', async () => {
    const { ledger, head, github } = await begun({ 'a/b/1': 'one', 'a/2': 'two', 'a/c/d/3': 'three' });
    github.fault(({ path, query }) =>
      path.includes('/git/trees/') && query['recursive'] !== undefined
        ? { status: 200, body: { sha: head, tree: [], truncated: true } }
        : undefined,
    );
    expect([...(await ledger.readAll(head, 'a'))]).toEqual([
      ['a/2', 'two'],
      ['a/b/1', 'one'],
      ['a/c/d/3', 'three'],
    ]);
  });

  it('reads no links', async () => {
    const { ledger, github } = await begun();
    const oid = github.git.put({ kind: 'blob', bytes: Buffer.from('/etc/passwd') });
    const tree = github.git.putFiles(
      new Map([
        ['a', { mode: '100755', oid }],
        ['link', { mode: '120000', oid }],
      ]),
    );
    const { author } = github.git.get(github.head(BRANCH), 'commit') ?? {};
    if (author === undefined) throw new Error('There is no commit.');
    const head = github.git.put({
      kind: 'commit',
      tree,
      parents: [],
      author,
      committer: author,
      message: 'x',
    });
    expect([...(await ledger.readAll(head as Head, ''))]).toEqual([['a', '/etc/passwd']]);
  });

  it('refuses a file above 1 MiB and one that is no text', async () => {
    const { ledger, github } = await begun();
    github.push(BRANCH, { large: 'x'.repeat(2 ** 20 + 1), odd: Buffer.from([0x61, 0xff]) });
    const { head } = await ledger.read([]);
    expect((await failure(ledger.read(['large']))).message).toBe(
      "large in the ledger has 1048577 bytes, more than the 1 MiB that is read. Look at the branch's log.",
    );
    expect((await failure(ledger.read(['odd']))).message).toContain('odd in the ledger is no UTF-8 text');
    await expect(ledger.readAll(head as Head, '')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('never puts a file in the place of a folder that it knows of', async () => {
    const { ledger, github } = await begun();
    github.push(BRANCH, { 'lanes/m/e/state.json/odd': 'x' });
    const { head, files } = await ledger.read(['lanes/m/e/state.json', 'a']);
    expect(files).toEqual({ 'lanes/m/e/state.json': undefined, a: '1' });
    const before = github.requests.length;
    for (const path of ['lanes/m/e/state.json', 'a/b', 'lanes'])
      await expect(
        ledger.append({ parent: head, files: { [path]: '{}' }, message: 'x' }),
      ).rejects.toMatchObject({
        code: 'unavailable',
        message: expect.stringContaining('a file where a folder belongs'),
      });
    expect(github.requests).toHaveLength(before);
  });

  it('refuses a name that no branch can have', async () => {
    const { client } = await clientDesk();
    for (const branch of ['', 'a..b', '-x', 'a b', 'refs/heads/x.lock'])
      expect(() => createGitHubLedger({ client, branch })).toThrow(/cannot be the name/);
  });
});
