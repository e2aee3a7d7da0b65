import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LogColumn, LogSource, SqlSession } from '../../../src/core/sql-engine.ts';
import { columns, temporaryLogs } from './temporary-log.ts';

const logs = temporaryLogs();

const KINDS = {
  id: 'text',
  time: 'instant',
  score: 'number',
  age: 'auto',
  job: 'auto',
  label: 'number',
  error: 'text',
} as const;

/** Scores that a 32-bit float rounds: their doubles differ unless the shortest decimals are taken. */
const SCORES = ['0.03719148', '0.1', '', '1', '0.33333334', '1e-07', '16777216', '0.75', '123456.79', '0.05'];
const JOBS = [
  'technician',
  'admin, senior',
  '"boss"',
  '',
  'größe',
  'two\nlines',
  '007',
  ' padded ',
  'x',
  'y',
];
const ROWS = SCORES.map((score, row) => ({
  id: `r-${row}`,
  time: `2008-05-05T09:0${row}:47.285Z`,
  score,
  age: row === 4 ? '' : String(30 + row),
  job: JOBS[row] as string,
  label: row % 3 === 0 ? '' : String(row % 2),
  error: row === 7 ? 'timeout' : '',
}));
const NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[];

function csv(end: string, delimiter: string): string {
  const cell = (text: string): string => (/[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [NAMES, ...ROWS.map((row) => NAMES.map((name) => row[name]))]
    .map((cells) => cells.map(cell).join(delimiter) + end)
    .join('');
}

/** Numbers of JSON without quotes; `features` and `answer` are nested. */
function jsonl(): string {
  const number = (text: string): string => (text === '' ? 'null' : text);
  return ROWS.map(
    ({ id, time, score, age, job, label, error }) =>
      `{"id":${JSON.stringify(id)},"time":"${time}","features":{"age":${number(age)},"job":${JSON.stringify(job)}},"answer":{"score":${number(score)},"error":${error === '' ? 'null' : `"${error}"`}},"label":${number(label)}}\n`,
  ).join('');
}

const NESTED: Record<string, string> = {
  age: 'features.age',
  job: 'features.job',
  score: 'answer.score',
  error: 'answer.error',
};
const flat = columns(KINDS);
const nested: LogColumn[] = flat.map((column) => ({ ...column, from: NESTED[column.name] ?? column.name }));

function parquet(name: string, nest: boolean): Promise<string> {
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const values = ROWS.map((row) => `(${NAMES.map((key) => text(row[key])).join(', ')})`).join(', ');
  const typed = `id, CAST(time AS TIMESTAMP) AS time, CAST(nullif(score, '') AS FLOAT) AS score, CAST(nullif(age, '') AS DOUBLE) AS age, job, CAST(nullif(label, '') AS TINYINT) AS label, nullif(error, '') AS error`;
  const shape = nest
    ? `id, time, {age: age, job: job} AS features, {score: score, error: error} AS answer, label`
    : '*';
  return logs.parquet(
    name,
    `SELECT ${shape} FROM (SELECT ${typed} FROM (VALUES ${values}) AS v(${NAMES.join(', ')}))`,
  );
}

async function relation(
  session: SqlSession,
  source: Partial<LogSource> & Pick<LogSource, 'relation' | 'paths'>,
) {
  const loaded = await session.load({ columns: flat, maxRejected: 0, ...source });
  const rows = await session.read(
    `SELECT id, time, score, age, job, label, error, position FROM (${session.dialect.numbered(source.relation)}) AS numbered`,
    {
      id: 'text',
      time: 'number',
      score: 'number',
      age: 'number',
      job: 'text',
      label: 'number',
      error: 'text',
      position: 'number',
    },
  );
  return { kinds: Object.fromEntries(loaded.kinds), rows };
}

describe('the same rows in every format', () => {
  it('give the same relation, as a person would write it down', async () => {
    const { kinds, rows } = await relation(await logs.open(), {
      relation: 'log',
      paths: [logs.write('plain.csv', csv('\n', ','))],
    });
    expect(kinds).toEqual({ ...KINDS, age: 'number', job: 'text' });
    expect([...rows.score]).toEqual(SCORES.map((score) => (score === '' ? NaN : Number(score))));
    expect(rows.job).toEqual(JOBS);
    expect([...rows.time]).toEqual(ROWS.map(({ time }) => Date.parse(time)));
    expect([...rows.position]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it.each<[string, () => Promise<Pick<LogSource, 'paths' | 'columns'>>]>([
    ['CSV with CRLF', async () => ({ paths: [logs.write('crlf.csv', csv('\r\n', ','))], columns: flat })],
    [
      'CSV with semicolons and a byte-order mark',
      async () => ({ paths: [logs.write('semi.csv', `\ufeff${csv('\n', ';')}`)], columns: flat }),
    ],
    ['CSV with tabs', async () => ({ paths: [logs.write('tabs.tsv', csv('\n', '\t'))], columns: flat })],
    [
      'CSV without a last line feed',
      async () => ({ paths: [logs.write('open.csv', csv('\n', ',').trimEnd())], columns: flat }),
    ],
    [
      'CSV with line ends of both kinds',
      async () => {
        const [first, ...rest] = csv('\n', ',').split('\n');
        return { paths: [logs.write('mixed.csv', `${first}\r\n${rest.join('\n')}`)], columns: flat };
      },
    ],
    [
      'CSV with CRLF and a header of two lines',
      async () => {
        const path = logs.write('wide.csv', csv('\r\n', ',').replace('error', '"an\nerror"'));
        const renamed = flat.map((column) =>
          column.name === 'error' ? { ...column, from: 'an\nerror' } : column,
        );
        return { paths: [path], columns: renamed };
      },
    ],
    [
      'gzipped CSV',
      async () => ({ paths: [logs.write('z.csv.gz', gzipSync(csv('\n', ',')))], columns: flat }),
    ],
    ['JSONL', async () => ({ paths: [logs.write('plain.jsonl', jsonl())], columns: nested })],
    [
      'JSONL with CRLF and a byte-order mark',
      async () => ({
        paths: [logs.write('crlf.jsonl', `\ufeff${jsonl().replaceAll('\n', '\r\n')}`)],
        columns: nested,
      }),
    ],
    [
      'gzipped JSONL in two members',
      async () => {
        const [half, rest] = [jsonl().slice(0, 200), jsonl().slice(200)];
        const zipped = Buffer.concat([gzipSync(half), gzipSync(rest)]);
        return { paths: [logs.write('z.jsonl.gz', zipped)], columns: nested };
      },
    ],
    ['Parquet', async () => ({ paths: [await parquet('flat.parquet', false)], columns: flat })],
    [
      'Parquet with structures',
      async () => ({ paths: [await parquet('nested.parquet', true)], columns: nested }),
    ],
  ])('%s', async (_, source) => {
    const session = await logs.open();
    const plain = await relation(session, {
      relation: 'plain',
      paths: [logs.write('plain.csv', csv('\n', ','))],
    });
    const other = await relation(session, { relation: 'other', ...(await source()) });
    expect(other.rows.job.length).toBe(10);
    expect(other).toEqual(plain);
  });
});

describe('several files', () => {
  it('of three formats are one relation in the order given', async () => {
    const session = await logs.open();
    const paths = [
      await parquet('a.parquet', false),
      logs.write('b.csv', csv('\n', ',')),
      await parquet('c.parquet', false),
    ];
    const { rows } = await relation(session, { relation: 'log', paths });
    expect(rows.id).toEqual([0, 1, 2].flatMap(() => ROWS.map(({ id }) => id)));
    expect([...rows.position]).toEqual(Array.from({ length: 30 }, (_, row) => row + 1));
  });

  it('of Parquet keep their places across files, structures and row numbers of their own', async () => {
    const session = await logs.open();
    const many = (first: number, more = ''): string =>
      `SELECT 'r-' || i AS id, i AS n${more} FROM range(${first}, ${first + 5000}) AS t(i)`;
    const paths = [
      await logs.parquet('p1.parquet', many(0)),
      await logs.parquet('p2.parquet', many(5000)),
      await logs.parquet('p3.parquet', many(10_000, ', 7 AS file_row_number')),
      await logs.parquet('p4.parquet', many(15_000).replace('i AS n', `CAST(i AS VARCHAR) || '.0' AS n`)),
    ];
    const wanted = columns({ id: 'text', n: 'number' });
    const loaded = await session.load({ relation: 'log', paths, columns: wanted, maxRejected: 0 });
    expect(loaded.files.map(({ rows }) => rows)).toEqual([5000, 5000, 5000, 5000]);
    const { n } = await session.read('SELECT n FROM log', { n: 'number' });
    expect(n.every((value, row) => value === row)).toBe(true);
    const places = await session.read(
      `SELECT count(*), count(*) FILTER (WHERE position = n + 1) FROM (${session.dialect.numbered('log')}) AS numbered`,
      { all: 'number', right: 'number' },
    );
    expect([places.all[0], places.right[0]]).toEqual([20_000, 20_000]);
  });

  it('keep the order of a large CSV file, which is read by two threads', async () => {
    const session = await logs.open();
    const lines = Array.from(
      { length: 400_000 },
      (_, row) => `${row},"some text to make the file larger ${row}"\n`,
    );
    const path = logs.write('large.csv', `n,t\n${lines.join('')}`);
    await session.load({
      relation: 'log',
      paths: [path],
      columns: columns({ n: 'number', t: 'text' }),
      maxRejected: 0,
    });
    const { n } = await session.read('SELECT n FROM log', { n: 'number' });
    expect(n.length).toBe(400_000);
    expect(n.every((value, row) => value === row)).toBe(true);
    const { wrong } = await session.read(
      `SELECT count(*) FROM (${session.dialect.numbered('log')}) AS numbered WHERE position <> n + 1`,
      { wrong: 'number' },
    );
    expect(wrong[0]).toBe(0);
  });
});
