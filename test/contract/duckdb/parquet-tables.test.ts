import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTables } from '../../../src/adapters/tables/create-tables.ts';
import type { ColumnRequest, Table } from '../../../src/core/table.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { failure, temporaryLogs } from './temporary-log.ts';

const logs = temporaryLogs();
const tables = createTables();

const SELECT = `SELECT * FROM (VALUES
  ('a', 0.1::FLOAT, 30::DOUBLE, 'admin', true, {x: 1, y: 'p'}),
  ('b', NULL, NULL, '', NULL, {x: 2, y: NULL}),
  ('c', 'NaN'::FLOAT, 31.5, 'größe', false, NULL)
) AS v(id, score, age, job, flag, nested)`;
const CSV =
  'id,score,age,job,flag,nested.x,nested.y\na,0.1,30,admin,true,1,p\nb,,,,,2,\nc,NaN,31.5,größe,false,,\n';
const WANTED: ColumnRequest[] = [
  { name: 'id', type: 'string' },
  { name: 'score', type: 'number' },
  { name: 'age', type: 'auto' },
  { name: 'job', type: 'auto' },
  { name: 'flag', type: 'auto' },
  { name: 'nested.x', type: 'number' },
  { name: 'nested.y', type: 'auto' },
];

function plain({ rows, columns }: Table): unknown {
  return { rows, columns: [...columns] };
}

describe('a Parquet table', () => {
  it('is what the same CSV table is', async () => {
    const path = await logs.parquet('t.parquet', SELECT);
    const csv = logs.write('t.csv', CSV);
    expect((await tables.head(path)).columns).toEqual((await tables.head(csv)).columns);
    const table = await tables.read(path, WANTED);
    expect(plain(table)).toEqual(plain(await tables.read(csv, WANTED)));
    expect(table.columns.get('score')).toEqual({
      type: 'number',
      values: Float64Array.of(0.1, NaN, NaN),
      missing: 1,
    });
    expect(table.columns.get('job')).toEqual({ type: 'string', values: ['admin', '', 'größe'], missing: 1 });
    expect(table.digest).toBe(digestOf(readFileSync(path)));
  });

  it('is known by its first bytes where the name says nothing', async () => {
    expect((await tables.head(await logs.parquet('t.data', SELECT))).columns).toHaveLength(7);
  });

  it.each<[string, string, ColumnRequest, string]>([
    [
      'a column that is not there',
      SELECT,
      { name: 'scores', type: 'number' },
      'there is no column "scores" (did you mean "score"?); the table has "id", "score", "age", "job", "flag", "nested.x", "nested.y". Correct the name, or add the column.',
    ],
    [
      'a text for a number',
      `SELECT unnest(['1', 'x']) AS n`,
      { name: 'n', type: 'number' },
      'expected a number, saw "x". Write a finite decimal number, NaN, or leave the cell empty.',
    ],
    [
      'an infinity',
      `SELECT unnest(['1', 'inf'])::DOUBLE AS n`,
      { name: 'n', type: 'number' },
      'the number Infinity in row 2 is not finite.',
    ],
    [
      'an infinity in an auto column',
      `SELECT unnest(['-inf', '1'])::FLOAT AS n`,
      { name: 'n', type: 'auto' },
      'the number -Infinity in row 1 is not finite.',
    ],
    [
      'an empty cell where all are needed',
      `SELECT unnest([1, NULL])::DOUBLE AS n`,
      { name: 'n', type: 'number', complete: true },
      'there is no number in row 2. Write a finite number in every row.',
    ],
    [
      'NaN where all are needed',
      `SELECT unnest(['1', 'nan'])::DOUBLE AS n`,
      { name: 'n', type: 'number', complete: true },
      'there is no number in row 2.',
    ],
    ['a list', 'SELECT [1] AS n', { name: 'n', type: 'auto' }, 'the column holds no numbers or texts'],
    [
      'no rows',
      'SELECT 1 AS n WHERE false',
      { name: 'n', type: 'number' },
      'the table has a header and no rows.',
    ],
  ])('with %s is refused', async (...[, select, request, message]) => {
    const path = await logs.parquet('refused.parquet', select);
    const said = await failure(tables.read(path, [request]));
    expect(said).toMatch(/^input: refused\.parquet(?:, column "n")?: /);
    expect(said).toContain(message);
  });

  it('above the ceilings is refused', async () => {
    const path = await logs.parquet('large.parquet', 'SELECT i AS n FROM range(100000) AS t(i)');
    const few = createTables({ cells: 50_000 }).read(path, [{ name: 'n', type: 'number' }]);
    expect(await failure(few)).toContain('input: large.parquet: more than 50000 cells were asked for');
    const small = createTables({ bytes: 10_000 }).read(path, [{ name: 'n', type: 'number' }]);
    expect(await failure(small)).toContain('input: large.parquet: the file unpacks to');
  });

  it('that is damaged, cut short or not there is refused', async () => {
    const bytes = readFileSync(await logs.parquet('whole.parquet', SELECT));
    const wanted: ColumnRequest[] = [{ name: 'id', type: 'string' }];
    expect(await failure(tables.head(logs.write('cut.parquet', bytes.subarray(0, 100))))).toContain(
      'input: cut.parquet: this Parquet file has no end',
    );
    expect(await failure(tables.read(logs.write('bad.parquet', bytes.fill(0x5a, 4, 60)), wanted))).toContain(
      'input: bad.parquet: the data are damaged',
    );
    expect(await failure(tables.head('none.parquet'))).toBe(
      'input: none.parquet: there is no such file. Give the path of a CSV, JSONL or Parquet file.',
    );
  });

  it('of no columns has its rows alone', async () => {
    const table = await tables.read(await logs.parquet('t.parquet', SELECT), []);
    expect(plain(table)).toEqual({ rows: 3, columns: [] });
  });
});
