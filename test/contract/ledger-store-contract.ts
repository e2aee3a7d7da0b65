import { beforeEach, describe, expect, it } from 'vitest';
import type { Head, LedgerStore } from '../../src/core/ledger-store.ts';

/** Fresh stores for one test: two that share an empty ledger, and know nothing of each other. */
export interface LedgerPair {
  ours: LedgerStore;
  theirs: LedgerStore;
}

const UNSAFE = [
  '',
  '/',
  '/a',
  'a//b',
  'a/',
  '../a',
  'a/../b',
  './a',
  'a/.',
  '.git',
  'a/.GIT/b',
  '.git.',
  'git~1',
];
const UNREADABLE = ['a\0b', 'a\nb', 'a\\b', '.g\u200bit', 'x'.repeat(300), '\ud800'];

/** What every `LedgerStore` keeps, whatever it is made of. */
export function ledgerStoreContract(name: string, make: () => Promise<LedgerPair>): void {
  describe(`${name} as a ledger store`, () => {
    let ours: LedgerStore;
    let theirs: LedgerStore;

    beforeEach(async () => {
      ({ ours, theirs } = await make());
    });

    async function put(files: Record<string, string>, parent?: Head): Promise<Head> {
      const appended = await ours.append({ parent, files, message: 'test' });
      if (appended.kind !== 'appended') throw new Error('The append was lost.');
      return appended.head;
    }

    it('starts without a branch', async () => {
      expect(await ours.read(['a', 'b/c'])).toEqual({
        head: undefined,
        files: { a: undefined, 'b/c': undefined },
      });
      expect(await ours.read([])).toEqual({ head: undefined, files: {} });
    });

    it('reads what was appended, exactly, and by whom it was not', async () => {
      const files = {
        'lanes/m/e/state.json': '{"a":1}\n',
        empty: '',
        'ünïcode/日本.json': '\ufeffβ\r\n\0 \u{1f600}',
        'with space/x y': 'no line end',
        '__proto__/constructor': 'p',
        constructor: 'c',
      };
      const head = await put(files);
      for (const store of [ours, theirs]) {
        const view = await store.read([...Object.keys(files), 'lanes', 'absent', '__proto__', 'toString']);
        expect(view.head).toBe(head);
        expect(Object.entries(view.files)).toEqual([
          ...Object.entries(files),
          ...['lanes', 'absent', '__proto__', 'toString'].map((path) => [path, undefined]),
        ]);
      }
    });

    it('keeps what an append does not name, and replaces what it does', async () => {
      const first = await put({ 'a/b/1': 'one', 'a/c': 'c', d: 'd' });
      const second = await put({ 'a/b/2': 'two', d: 'D' }, first);
      const third = await put({}, second);
      expect((await theirs.read(['a/b/1', 'a/b/2', 'a/c', 'd'])).files).toEqual({
        'a/b/1': 'one',
        'a/b/2': 'two',
        'a/c': 'c',
        d: 'D',
      });
      expect([...(await theirs.readAll(first, ''))]).toEqual([
        ['a/b/1', 'one'],
        ['a/c', 'c'],
        ['d', 'd'],
      ]);
      expect(await theirs.contains(third, first)).toBe(true);
    });

    it('lists names by bytes, folders with a slash', async () => {
      const head = await put({
        'f/a': '1',
        'f/a-b': '2',
        'f/a.d/x': '3',
        'f/a0': '4',
        'f/B': '5',
        'f/\u{1f600}': '6',
        'f/\uffee': '7',
        'f/ab/c/d': '8',
      });
      const names = ['B', 'a', 'a-b', 'a.d/', 'a0', 'ab/', '\uffee', '\u{1f600}'];
      expect(await ours.list(head, 'f')).toEqual(names);
      expect(await ours.list(head, 'f/')).toEqual(names);
      expect(await ours.list(head, '')).toEqual(['f/']);
      expect(await ours.list(head, 'absent/folder')).toEqual([]);
      expect(await ours.list(head, 'f/a')).toEqual([]);
      expect([...(await ours.readAll(head, 'f/ab'))]).toEqual([['f/ab/c/d', '8']]);
      expect([...(await ours.readAll(head, 'absent'))]).toEqual([]);
    });

    it('lets an append through only at exactly its parent', async () => {
      const first = await put({ a: '1' });
      const second = await put({ a: '2' }, first);
      for (const parent of [undefined, first, 'f'.repeat(first.length) as Head])
        expect(await theirs.append({ parent, files: { a: '3' }, message: 'x' })).toEqual({ kind: 'lost' });
      expect(await theirs.read(['a'])).toEqual({ head: second, files: { a: '2' } });
    });

    it('lets one of two equal appends through, also the first of all', async () => {
      let parent: Head | undefined;
      for (let round = 0; round < 3; round++) {
        await Promise.all([ours.read([]), theirs.read([])]);
        const commit = { parent, files: { a: String(round) }, message: 'same' };
        const both = await Promise.all([ours.append(commit), theirs.append(commit)]);
        expect(both.map((each) => each.kind).sort()).toEqual(['appended', 'lost']);
        parent = (await ours.read([])).head;
        expect(both).toContainEqual({ kind: 'appended', head: parent });
      }
    });

    it('tells what lies before a head', async () => {
      const first = await put({ a: '1' });
      const second = await put({ a: '2' }, first);
      expect(await ours.contains(second, first)).toBe(true);
      expect(await ours.contains(second, second)).toBe(true);
      expect(await ours.contains(first, second)).toBe(false);
      for (const unknown of ['', 'HEAD', '--all', 'a b', 'f'.repeat(40), 'f'.repeat(64), '0'.repeat(40), 'é'])
        expect(await ours.contains(second, unknown)).toBe(false);
    });

    it('refuses unsafe paths', async () => {
      const refusal = { name: 'KnownGoodError', code: 'input' };
      for (const path of [...UNSAFE, ...UNREADABLE]) {
        const commit = { parent: undefined, files: { [path]: 'x' }, message: 'x' };
        await expect(ours.read([path]), path).rejects.toMatchObject(refusal);
        await expect(ours.append(commit), path).rejects.toMatchObject(refusal);
      }
      expect((await ours.read([])).head).toBeUndefined();
    });

    it('refuses a file that is a folder too, a file above 1 MiB, and a head it does not have', async () => {
      const append = (files: Record<string, string>, parent?: Head) =>
        ours.append({ parent, files, message: 'x' });
      await expect(append({ a: '1', 'a/b': '2' })).rejects.toMatchObject({ code: 'input' });
      await expect(append({ 'a/b': '1', a: '2' })).rejects.toMatchObject({ code: 'input' });
      await expect(append({ a: 'é'.repeat(2 ** 19) + 'x' })).rejects.toMatchObject({ code: 'input' });
      const head = await put({ 'a/b': '1', largest: 'x'.repeat(2 ** 20) });
      await expect(append({ a: '2' }, head)).rejects.toMatchObject({ code: 'unavailable' });
      await expect(append({ 'a/b/c': '2' }, head)).rejects.toMatchObject({ code: 'unavailable' });
      const other = 'a'.repeat(head.length) as Head;
      await expect(ours.list(other, '')).rejects.toMatchObject({ code: 'unavailable' });
      await expect(ours.contains(other, head)).rejects.toMatchObject({ code: 'unavailable' });
      expect((await ours.read(['largest'])).files['largest']).toHaveLength(2 ** 20);
    });
  });
}
