import { existsSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SqlSession } from '../../../src/core/sql-engine.ts';
import { columns, failure, temporaryLogs } from './temporary-log.ts';

const logs = temporaryLogs();

/** Other test files have sessions at the same time: ours work in a folder of our own. */
beforeAll(() => void (process.env['TMPDIR'] = logs.folder));

function workFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('known-good-sql-'));
}

/** A session with `log`: n from 0, s a text, both missing in every tenth row. */
async function opened(rows = 10_000): Promise<SqlSession> {
  const session = await logs.open();
  const some = (sql: string): string => `CASE WHEN i % 10 <> 3 THEN ${sql} END`;
  const path = await logs.parquet(
    'log.parquet',
    `SELECT ${some('i')} AS n, ${some(`'s' || i % 7`)} AS s FROM range(${rows}) AS t(i)`,
  );
  await session.load({
    relation: 'log',
    paths: [path],
    columns: columns({ n: 'number', s: 'text' }),
    maxRejected: 0,
  });
  return session;
}

describe('a result', () => {
  it('has NaN, −1 and no text where a value is NULL, in chunks and at their ends', async () => {
    const session = await opened();
    const { rows, n, code, s } = await session.read('SELECT n, CAST(n AS INTEGER), s FROM log', {
      n: 'number',
      code: 'code',
      s: 'text',
    });
    expect([rows, n.length, code.length, s.length]).toEqual([10_000, 10_000, 10_000, 10_000]);
    const right = (row: number): boolean =>
      row % 10 === 3
        ? Number.isNaN(n[row]) && code[row] === -1 && s[row] === ''
        : n[row] === row && code[row] === row && s[row] === `s${row % 7}`;
    expect(Array.from(n, (_, row) => row).filter((row) => !right(row))).toEqual([]);
  });

  it('takes counts and sums of any type as numbers', async () => {
    const session = await opened(10);
    const sql =
      'SELECT count(*), sum(CAST(n AS BIGINT)), avg(n), CAST(1.5 AS DECIMAL(3, 1)), true, CAST(NULL AS BIGINT) FROM log';
    const shape = { a: 'number', b: 'number', c: 'number', d: 'number', e: 'code', f: 'code' } as const;
    const { rows, ...columnsFound } = await session.read(sql, shape);
    expect(Object.values(columnsFound).map((values) => values[0])).toEqual([10, 42, 42 / 9, 1.5, 1, -1]);
    expect(rows).toBe(1);
  });

  it('without rows has empty columns', async () => {
    const { rows, n, s } = await (
      await opened(10)
    ).read('SELECT n, s FROM log WHERE n < 0', { n: 'number', s: 'text' });
    expect([rows, n, s]).toEqual([0, new Float64Array(), []]);
  });

  it('with another number of columns than asked for, or a text for a number, is a mistake of ours', async () => {
    const session = await opened(10);
    expect(await failure(session.read('SELECT n, s FROM log', { n: 'number' }))).toContain(
      'internal: DuckDB did not run a query: "a query gives 2 columns where 1 were asked for".',
    );
    expect(await failure(session.read('SELECT s FROM log', { s: 'number' }))).toContain('internal: ');
    expect(await failure(session.read('SELECT nothing FROM log', { s: 'number' }))).toMatch(
      /^internal: DuckDB did not run a query: "Binder Error: /,
    );
  });

  it('comes to whoever asked, where many ask at the same time', async () => {
    const session = await opened(50_000);
    const sums = await Promise.all(
      [1, 2, 3, 4].map((k) => session.read(`SELECT n * ${k} FROM log WHERE n IS NOT NULL`, { n: 'number' })),
    );
    expect(sums.map(({ n }) => n.at(-1))).toEqual([49_999, 99_998, 149_997, 199_996]);
  });
});

describe('tables of our own', () => {
  it('survive the loading of another source', async () => {
    const session = await opened(10);
    await session.run('CREATE TABLE late AS SELECT n, s FROM log WHERE n > 5');
    await session.run('CREATE VIEW pairs AS SELECT l.n FROM log AS l JOIN late AS t ON t.n = l.n');
    const path = logs.write('more.csv', 'x,y\n1,2\n');
    await session.load({
      relation: 'more',
      paths: [path],
      columns: columns({ x: 'number' }),
      maxRejected: 0,
    });
    const sql = 'SELECT (SELECT count(*) FROM pairs), (SELECT count(*) FROM more)';
    const counts = await session.read(sql, { pairs: 'number', more: 'number' });
    expect([counts.pairs[0], counts.more[0]]).toEqual([4, 1]);
    expect([
      ...(
        await session.read(session.dialect.numbered('late'), { n: 'number', s: 'text', position: 'number' })
      ).position,
    ]).toEqual([1, 2, 3, 4]);
  });

  it('larger than its memory are sorted and joined on disk', async () => {
    const session = await logs.open({ memoryBytes: 64 * 2 ** 20 });
    await session.run(
      `CREATE TABLE wide AS SELECT i, hash(i) AS h, repeat('x', 50) || hash(i + 1) AS t FROM range(700000) AS r(i)`,
    );
    const sql =
      'SELECT count(*) FROM (SELECT row_number() OVER (ORDER BY t, h) AS place, i FROM wide) AS sorted WHERE place = i';
    expect((await session.read(sql, { n: 'number' })).rows).toBe(1);
  });

  it('beyond all limits say how much memory there was', async () => {
    const session = await logs.open({ memoryBytes: 30 * 2 ** 20 });
    const sql = "SELECT length(string_agg(repeat(CAST(i AS VARCHAR), 100), '')) FROM range(10000000) AS r(i)";
    expect(await failure(session.read(sql, { n: 'number' }))).toBe(
      'unavailable: DuckDB needed more than the 30MiB of memory that it may use. Allow it more memory, or read fewer rows or columns.',
    );
  });
});

describe('the dialect', () => {
  it('quotes names and texts', async () => {
    const { dialect, ...session } = await logs
      .open()
      .then((open) => ({ dialect: open.dialect, read: open.read.bind(open) }));
    const odd = `it's "odd" \\ \0 größe; --`;
    const { text } = await session.read(
      `SELECT ${dialect.name('a "b"')} FROM (SELECT ${dialect.text(odd)} AS ${dialect.name('a "b"')}) AS t`,
      { text: 'text' },
    );
    expect(text).toEqual([odd]);
  });

  it('knows finite numbers, exact quantiles and fingerprints', async () => {
    const session = await logs.open();
    const { isFinite, quantile, fingerprint } = session.dialect;
    const values = `(VALUES (1.0::DOUBLE), (2), (3), (4), (NULL)) AS v(x)`;
    const quantiles = [0, 0.25, 0.5, 0.51, 0.95, 1].map((fraction) => quantile('x', fraction));
    const shape = { a: 'number', b: 'number', c: 'number', d: 'number', e: 'number', f: 'number' } as const;
    const found = await session.read(`SELECT ${quantiles.join(', ')} FROM ${values}`, shape);
    expect([found.a, found.b, found.c, found.d, found.e, found.f].map((each) => each[0])).toEqual([
      1, 1, 2, 3, 4, 4,
    ]);
    const finite = ['1', 'NULL::DOUBLE', `'NaN'::DOUBLE`, `'-inf'::DOUBLE`].map((value) => isFinite(value));
    const flags = await session.read(`SELECT ${finite.join(', ')}`, {
      a: 'code',
      b: 'code',
      c: 'code',
      d: 'code',
    });
    expect([flags.a[0], flags.b[0], flags.c[0], flags.d[0]]).toEqual([1, 0, 0, 0]);
    const same = await session.read(
      `SELECT ${fingerprint(`'a'`)} = ${fingerprint(`'a'`)}, ${fingerprint(`'a'`)} = ${fingerprint(`'b'`)}`,
      { a: 'code', b: 'code' },
    );
    expect([same.a[0], same.b[0]]).toEqual([1, 0]);
  });
});

describe('a session', () => {
  it('reads and writes nothing but its own folder and the files of its sources', async () => {
    const secret = logs.write('secret.csv', 'a,b\n1,2\n');
    const session = await opened(10);
    for (const sql of [
      `CREATE TABLE stolen AS SELECT * FROM read_csv('${secret}')`,
      `CREATE TABLE stolen AS SELECT * FROM read_text('/etc/hostname')`,
      `COPY log TO '${join(logs.folder, 'out.csv')}'`,
      `ATTACH '${join(logs.folder, 'other.duckdb')}'`,
      'INSTALL httpfs',
      'SET enable_external_access = true',
      `SET allowed_directories = ['/']`,
    ])
      expect(await failure(session.run(sql)), sql).toMatch(
        /^internal: DuckDB did not run a query: "(?:Permission|Invalid Input) Error/,
      );
    expect(existsSync(join(logs.folder, 'out.csv'))).toBe(false);
  });

  it('keeps its files to itself and removes them when it is closed', async () => {
    const before = workFolders();
    const session = await opened(10);
    const [folder] = workFolders().filter((name) => !before.includes(name));
    expect(statSync(join(tmpdir(), folder ?? '')).mode & 0o777).toBe(0o700);
    await session.close();
    expect(existsSync(join(tmpdir(), folder ?? ''))).toBe(false);
  });

  it('without a temporary folder says how to name one', async () => {
    process.env['TMPDIR'] = join(logs.folder, 'nowhere');
    const said = await failure(logs.open());
    process.env['TMPDIR'] = logs.folder;
    expect(said).toBe(
      'unavailable: The temporary folder cannot be written (ENOENT). Set TMPDIR to a folder that may be written.',
    );
  });

  it('keeps no copies of files once they are read', async () => {
    const before = workFolders();
    const session = await logs.open();
    const path = logs.write('copied.csv', 'x,y\r\n1,2\n3,4\n');
    await session.load({ relation: 'log', paths: [path], columns: columns({ x: 'number' }), maxRejected: 0 });
    const [folder = ''] = workFolders().filter((name) => !before.includes(name));
    expect(readdirSync(join(tmpdir(), folder)).filter((name) => /^f\d/.test(name))).toEqual([]);
  });

  it('names columns and relations by itself: what is no plain name is a mistake of ours', async () => {
    const session = await logs.open();
    const path = logs.write('n.csv', 'x\n1\n');
    const load = (relation: string, name: string): Promise<string> =>
      failure(
        session.load({
          relation,
          paths: [path],
          columns: [{ name, from: 'x', kind: 'text' }],
          maxRejected: 0,
        }),
      );
    expect(await load('log"', 'x')).toBe('internal: "log\\"" is no name for a relation or a column.');
    expect(await load('log', 'X')).toBe('internal: "X" is no name for a relation or a column.');
    expect(await load('log', 'position')).toBe('internal: The column position of log is taken already.');
  });

  it('tells the columns of the first file in each format', async () => {
    const session = await logs.open();
    const csv = logs.write('a.csv', 'x;"y z"\n1;2\n');
    const jsonl = logs.write('b.jsonl', 'broken\n{"a":{"b":1,"c":{"d":[1]}},"e":null}\n{"f.g":1}\n');
    const parquet = await logs.parquet('c.parquet', `SELECT {b: 1, c: {d: [1]}} AS a, 2 AS "f.g"`);
    expect(await session.columnsOf([csv, jsonl])).toEqual(['x', 'y z']);
    expect(await session.columnsOf([jsonl])).toEqual(['a.b', 'a.c.d', 'e', 'f.g']);
    expect(await session.columnsOf([parquet])).toEqual(['a.b', 'a.c.d', 'f.g']);
  });
});
