import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LoadedSource, SqlLimits } from '../../../src/core/sql-engine.ts';
import { columns, failure, temporaryLogs } from './temporary-log.ts';

const logs = temporaryLogs();
const wanted = columns({ id: 'text', score: 'number' });

async function load(
  paths: string | string[],
  { limits }: { limits?: Partial<SqlLimits> } = {},
): Promise<LoadedSource> {
  const session = await logs.open(limits);
  return session.load({ relation: 'log', paths: [paths].flat(), columns: wanted, maxRejected: 0 });
}

const HEAD = 'id,score\n';
const GOOD = 'a,0.5\n';

describe('a line beyond the ceiling', () => {
  const limits = { lineBytes: 10 * 2 ** 20 };
  const long = 'x'.repeat(10 * 2 ** 20);

  it('of CSV is refused with its line', async () => {
    const path = logs.write('long.csv', `${HEAD}${GOOD}${long},1\n`);
    expect(await failure(load(path, { limits }))).toBe(
      'input: long.csv, line 3: this record is longer than the 10485760 bytes that are allowed. Look for a quote that is not closed, or shorten the record.',
    );
  });

  it('of JSONL is refused with its line', async () => {
    const path = logs.write('long.jsonl', `{"id":"a"}\n{"id":"${long}"}\n`);
    expect(await failure(load(path, { limits }))).toContain(
      'input: long.jsonl, line 2: this record is longer than the 10485760 bytes',
    );
  });

  it('just below it is read', async () => {
    const cell = long.slice(100);
    const csv = logs.write('fits.csv', `${HEAD}${GOOD}${cell},1\n${GOOD}`);
    const jsonl = logs.write('fits.jsonl', `{"id":"${cell}","score":1}\n`);
    const session = await logs.open(limits);
    await session.load({ relation: 'log', paths: [csv, jsonl], columns: wanted, maxRejected: 0 });
    const { n } = await session.read('SELECT length(id) FROM log', { n: 'number' });
    expect([...n]).toEqual([1, cell.length, 1, cell.length]);
  });
});

describe('gzip', () => {
  const rows = HEAD + GOOD.repeat(2_000_000);

  it('that unpacks to more than is allowed is refused', async () => {
    const path = logs.write('bomb.csv.gz', gzipSync(rows));
    expect(await failure(load(path, { limits: { fileBytes: 1_000_000 } }))).toBe(
      'input: bomb.csv.gz: the table has more than 976.56KiB. Give a sample of its rows.',
    );
  });

  it('that unpacks to more than 250 times its size is refused', async () => {
    const path = logs.write('zeros.jsonl.gz', gzipSync(Buffer.alloc(300 * 2 ** 20, '{"id":"a"}\n')));
    expect(await failure(load(path))).toContain(
      'input: zeros.jsonl.gz: the file unpacks to more than 250 times its size.',
    );
  });

  it('that is cut short or is none is refused', async () => {
    const zipped = gzipSync(rows);
    const cut = logs.write('cut.csv.gz', zipped.subarray(0, zipped.length - 9));
    expect(await failure(load(cut))).toBe(
      'input: cut.csv.gz: the gzip data is damaged or cut off (Z_BUF_ERROR). Compress the table again.',
    );
    const none = logs.write('none.csv.gz', HEAD);
    expect(await failure(load(none))).toContain(
      'input: none.csv.gz: the name ends in .gz, but the file is not gzip.',
    );
  });
});

describe('Parquet', () => {
  const select = `SELECT 'r-' || i AS id, i / 7.0 AS score FROM range(20000) AS t(i)`;

  it('that is cut short is refused', async () => {
    const bytes = readFileSync(await logs.parquet('whole.parquet', select));
    const path = logs.write('short.parquet', bytes.subarray(0, 1000));
    expect(await failure(load(path))).toBe(
      'input: short.parquet: this Parquet file has no end: it was cut short, at 1000 bytes, or is still being written. Copy it again, or wait until it is written.',
    );
  });

  it('whose pages are damaged is refused with its name when it is read', async () => {
    const bytes = readFileSync(await logs.parquet('whole.parquet', select));
    const path = logs.write('pages.parquet', bytes.fill(0x5a, 200, 900));
    const session = await logs.open();
    const message = await failure(
      session
        .load({ relation: 'log', paths: [path], columns: wanted, maxRejected: 0 })
        .then(() => session.read('SELECT count(id), sum(score) FROM log', { n: 'number', sum: 'number' })),
    );
    expect(message).toMatch(
      /^input: pages\.parquet: the data are damaged, or written in a way that DuckDB does not read\. Its words: ".+"\. Write the file again\.$/,
    );
  });

  it('whose pages say nothing of their file is found among the others', async () => {
    const whole = await logs.parquet('whole.parquet', `SELECT 'a' AS id, 0.1::FLOAT AS score`);
    const path = logs.write('page.parquet', readFileSync(whole).fill(0x5a, 4, 40));
    const session = await logs.open();
    const source = { relation: 'one', paths: [path], columns: wanted, maxRejected: 0 };
    await session.load(source);
    expect(await failure(session.read('SELECT id FROM one', { id: 'text' }))).toContain(
      'input: page.parquet: the data are damaged',
    );
    await session.load({ ...source, relation: 'two', paths: [whole, path] });
    expect(await failure(session.read('SELECT id FROM two', { id: 'text' }))).toContain(
      'input: page.parquet: the data are damaged',
    );
  });

  it('whose account of itself is damaged is refused with its name', async () => {
    const bytes = readFileSync(await logs.parquet('whole.parquet', select));
    const path = logs.write('footer.parquet', bytes.fill(0x5a, bytes.length - 200, bytes.length - 20));
    expect(await failure(load(path))).toMatch(/^input: footer\.parquet: the data are damaged/);
  });

  it('by name alone, encrypted, or above the ceiling is refused', async () => {
    expect(await failure(load(logs.write('name.parquet', 'id,score\n')))).toContain(
      'input: name.parquet: the name ends in .parquet, but the file is not Parquet. Correct its name.',
    );
    expect(await failure(load(logs.write('secret.parquet', 'PARE........PARE')))).toContain(
      'input: secret.parquet: this Parquet file is encrypted.',
    );
    const path = await logs.parquet('big.parquet', select);
    expect(await failure(load(path, { limits: { fileBytes: 50_000 } }))).toMatch(
      /^input: big\.parquet: the file unpacks to .+, and 48\.83KiB are allowed\./,
    );
  });

  it('under another name is known by its first bytes', async () => {
    const path = await logs.parquet('really.csv', select);
    expect((await load(path)).rows).toBe(20_000);
  });

  it('with a name full of pattern characters is taken by its name', async () => {
    for (const other of [`a1.parquet`, `a1xy'.parquet`])
      await logs.parquet(other, 'SELECT 1 AS id, 1 AS score');
    const path = await logs.parquet(`[a]1*?'.parquet`, select);
    expect((await load(path)).rows).toBe(20_000);
    const csv = logs.write(`[a]1*?'.csv`, HEAD + GOOD);
    logs.write(`a1xy'.csv`, HEAD + GOOD + GOOD);
    expect((await load(csv)).rows).toBe(1);
  });
});

describe('what is no log', () => {
  it.each<[string, string | Uint8Array, string]>([
    ['empty.csv', '', 'empty.csv: the file is empty.'],
    ['empty.jsonl.gz', gzipSync(''), 'empty.jsonl.gz: the file is empty.'],
    ['mark.csv', '\ufeff', 'mark.csv: the file is empty.'],
    ['sheet.xlsx', 'PK\x03\x04xx', 'sheet.xlsx: this is a zip or Excel file.'],
    ['wide.csv', Buffer.from('\ufeffid,score\n', 'utf16le'), 'wide.csv: this is UTF-16 text.'],
    [
      'list.json',
      '[{"id":"a"}]',
      'list.json: this is a JSON list, not a table. Write one object a line (JSONL), or CSV.',
    ],
    ['twice.csv', 'id,score,id\n', 'twice.csv, line 1: the header names "id" twice, as column 1 and 3.'],
  ])('%s', async (name, content, message) => {
    expect(await failure(load(logs.write(name, content)))).toContain(`input: ${message}`);
  });

  it('a folder, a device, a pipe that nobody writes, a file that is not there', async () => {
    const [folder, pipe] = [join(logs.folder, 'folder.csv'), join(logs.folder, 'pipe.csv')];
    mkdirSync(folder);
    execFileSync('mkfifo', [pipe]);
    expect(await failure(load(folder))).toContain('input: folder.csv: this is a folder.');
    expect(await failure(load(pipe))).toContain('input: pipe.csv: this is not a regular file.');
    expect(await failure(load('/dev/null'))).toContain('input: /dev/null: this is not a regular file.');
    expect(await failure(load(join(logs.folder, 'none.csv')))).toContain(
      'input: none.csv: there is no such file.',
    );
  });

  it('a link that leads to itself', async () => {
    const path = join(logs.folder, 'loop.csv');
    symlinkSync(path, path);
    expect(await failure(load(path))).toContain('input: loop.csv: the file cannot be read (ELOOP).');
  });

  it.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    const path = logs.write('closed.csv', HEAD + GOOD);
    chmodSync(path, 0);
    expect(await failure(load(path))).toContain('input: closed.csv: the file may not be read.');
  });

  it('a pattern that nothing fits', async () => {
    expect(await failure(load(join(logs.folder, 'never-*.csv')))).toBe(
      'input: never-*.csv: no file fits this pattern. Correct it, or name the files.',
    );
  });
});

describe('a column that a file does not have', () => {
  it.each<[string, string | Promise<string>]>([
    ['near.csv', `id,scores\n${GOOD}`],
    ['near.jsonl', '{"id":"a","scores":1}\n'],
    ['near.parquet', 'SELECT 1 AS id, 2 AS scores'],
  ])('is named with the nearest one: %s', async (name, content) => {
    const path = name.endsWith('.parquet')
      ? await logs.parquet(name, content as string)
      : logs.write(name, content as string);
    expect(await failure(load(path))).toBe(
      `input: ${name}: there is no column "score" (did you mean "scores"?); the file has "id", "scores". Correct the name, or add the column.`,
    );
  });

  it('is an error in the file that lacks it, not in those that have it', async () => {
    const paths = [logs.write('has.csv', HEAD + GOOD), logs.write('lacks.csv', 'id\na\n')];
    expect(await failure(load(paths))).toContain('input: lacks.csv: there is no column "score"');
  });

  it('is there where any line of JSON has it, even as null', async () => {
    const path = logs.write('nulls.jsonl', '{"id":"a"}\n{"id":"b","score":null}\n');
    expect((await load(path)).kinds.get('score')).toBe('number');
  });
});

describe('a file that changes behind a view', () => {
  it('is refused at the next query', async () => {
    const path = await logs.parquet('moving.parquet', `SELECT 'a' AS id, 1 AS score`);
    const session = await logs.open();
    await session.load({ relation: 'log', paths: [path], columns: wanted, maxRejected: 0 });
    unlinkSync(path);
    await logs.parquet('moving.parquet', `SELECT 'b' AS id, 2 AS score`);
    expect(await failure(session.read('SELECT id FROM log', { id: 'text' }))).toBe(
      'input: moving.parquet: the file changed while it was read. Try again when it is written.',
    );
  });
});
