import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTables } from '../../../../src/adapters/tables/create-tables.ts';
import { FileDigest } from '../../../../src/adapters/tables/file-digest.ts';
import { temporaryTables } from './temporary-table.ts';

const sha256 = (bytes: string | Buffer) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const CSV = `a,y\n${Array.from({ length: 5000 }, (_, i) => `${i},${i % 2}`).join('\n')}\n`;
const LONG = `a,y\n${Array.from({ length: 400_000 }, (_, i) => `${i},${i % 2}`).join('\n')}\n`;

const files = temporaryTables();

describe('the digest of a table', () => {
  it.each<[string, string, string | Buffer, number]>([
    ['CSV', 't.csv', CSV, 5000],
    ['CSV of several chunks', 't.csv', LONG, 400_000],
    ['a byte-order mark', 't.csv', `\ufeff${CSV}`, 5000],
    ['JSON lines', 't.jsonl', '{"a":1,"y":0}\n{"a":2,"y":1}\n', 2],
    ['gzip', 't.csv.gz', gzipSync(CSV), 5000],
    ['gzip of two members', 't.csv.gz', Buffer.concat([gzipSync('a,y\n1,0\n'), gzipSync('2,1\n')]), 2],
    [
      'gzip with zeros behind it',
      't.csv.gz',
      Buffer.concat([gzipSync(CSV), Buffer.alloc(3 * 2 ** 20)]),
      5000,
    ],
  ])('is of the bytes of the file that were read: %s', async (_, ...[name, content, rows]) => {
    const path = files.write(name, content);
    const table = await createTables().read(path, [{ name: 'a', type: 'number' }]);
    expect([table.rows, table.digest]).toEqual([rows, sha256(content)]);
  });

  it('is of the whole file where another read is still under way', async () => {
    const path = files.write('t.csv', LONG);
    const handle = await open(path);
    try {
      const digest = new FileDigest();
      const ahead = digest.readOn(handle).next();
      for await (const chunk of digest.readOn(handle)) void chunk;
      await ahead;
      expect(digest.value()).toBe(sha256(LONG));
    } finally {
      await handle.close();
    }
  });

  it('is of the whole file where a column is read a second time as text', async () => {
    const text = 'a,y\n1,0\nx,1\n';
    const table = await createTables().read(files.write('t.csv', text), [{ name: 'a', type: 'auto' }]);
    expect([table.columns.get('a')?.type, table.digest]).toEqual(['string', sha256(text)]);
  });
});
