import { gzipSync } from 'node:zlib';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTables } from '../../../../src/adapters/tables/create-tables.ts';
import { inputError, temporaryTables } from './temporary-table.ts';

const tables = createTables();
const files = temporaryTables();
const fixture = (name: string) => new URL(`../../../fixtures/${name}`, import.meta.url).pathname;

describe('formats', () => {
  it.each([
    ['t.csv', 'a,b\n1,x\n'],
    ['t.csv', 'a;b\n1;x\n'],
    ['t.csv', '"a,z";b\r\n1;x\r\n'.replace('"a,z"', '"a"')],
    ['t.tsv', 'a\tb\n1\tx'],
    ['t.csv', '\ufeffa,b\n1,x\n'],
    ['t.csv.gz', gzipSync('a,b\n1,x\n')],
    ['t.csv', gzipSync('a,b\n1,x\n')],
    ['t.jsonl', '{"a":1,"b":"x"}\n'],
    ['T.NDJSON', '\ufeff{"a":1,"b":"x"}'],
    ['t.jsonl.gz', gzipSync('{"a":1,"b":"x"}\n')],
    ['two-members.csv.gz', Buffer.concat([gzipSync('a,b\n'), gzipSync('1,x\n')])],
    ['unknown', '{"a":1,"b":"x"}\n'],
    ['unknown.txt', 'a,b\n1,x\n'],
    ['unknown.gz', gzipSync('{"a":1,"b":"x"}')],
  ])('%s %#', async (name, content) => {
    const path = files.write(name, content);
    expect((await tables.head(path)).columns).toEqual(['a', 'b']);
    const table = await tables.read(path, [
      { name: 'b', type: 'auto' },
      { name: 'a', type: 'auto' },
    ]);
    expect([table.rows, [...table.columns.values()].map(({ values }) => [...values])]).toEqual([
      1,
      [['x'], [1]],
    ]);
  });

  it('a quoted delimiter in the header decides nothing', async () => {
    expect((await tables.head(files.write('q.csv', '"a,z";b\n1;2\n'))).columns).toEqual(['a,z', 'b']);
  });

  it('a comma decides where there are others as well', async () => {
    expect((await tables.head(files.write('c.csv', 'a;z,b\n1,2\n'))).columns).toEqual(['a;z', 'b']);
  });
});

describe('files that are no table', () => {
  const gz = gzipSync('a,b\n' + '1,x\n'.repeat(1000));
  it.each<[string, string | Uint8Array, string]>([
    ['p.parquet', 'a,b\n1,x\n', 'p.parquet: the name ends in .parquet, but the file is not Parquet.'],
    ['cut.parquet', 'PAR1xxxx', 'cut.parquet: this Parquet file has no end: it was cut short, at 8 bytes'],
    ['z.xlsx', 'PK\x03\x04xx', 'z.xlsx: this is a zip or Excel file. Save the table as CSV (UTF-8).'],
    ['u.csv', Buffer.from('\ufeffa,b', 'utf16le'), 'u.csv: this is UTF-16 text. Save the table as UTF-8.'],
    [
      'l.json',
      '[{"a":1}]',
      'l.json: this is a JSON list, not a table. Write one object a line (JSONL), or CSV.',
    ],
    [
      'n.csv.gz',
      'a,b\n1,x\n',
      'n.csv.gz: the name ends in .gz, but the file is not gzip. Compress it with gzip, or remove .gz from its name.',
    ],
    [
      'cut.csv.gz',
      gz.subarray(0, gz.length - 12),
      'cut.csv.gz: the gzip data is damaged or cut off (Z_BUF_ERROR). Compress the table again.',
    ],
    [
      'bad.csv.gz',
      Buffer.concat([gz.subarray(0, 10), Buffer.from('\xff\xff\xff\xff', 'latin1')]),
      'bad.csv.gz: the gzip data is damaged or cut off (Z_',
    ],
    ['e.csv.gz', gzipSync(''), 'e.csv.gz: the file is empty. Give a table with a header and rows.'],
  ])('%s', async (name, content, message) => {
    const failure = await inputError(tables.read(files.write(name, content), [{ name: 'a', type: 'auto' }]));
    expect(failure.startsWith(`input: ${message}`)).toBe(true);
  });

  it('a folder, a device, nothing', async () => {
    const folder = dirname(files.write('x', 'x'));
    expect(await inputError(tables.head(folder))).toContain(
      'this is a folder. Give the path of a CSV, JSONL or Parquet file.',
    );
    expect(await inputError(tables.head('/dev/null'))).toContain('this is not a regular file');
    expect(await inputError(tables.head('no\nsuch.csv'))).toBe(
      'input: "no\\nsuch.csv": there is no such file. Give the path of a CSV, JSONL or Parquet file.',
    );
  });
});

describe('gzip that unpacks to too much', () => {
  const bomb = gzipSync(`a\n${'1\n'.repeat(2_000_000)}`);

  it('is stopped by the ratio', async () => {
    const wary = createTables({ ratio: 100, ratioFrom: 100_000 });
    expect(await inputError(wary.read(files.write('r.csv.gz', bomb), [{ name: 'a', type: 'number' }]))).toBe(
      'input: r.csv.gz: the file unpacks to more than 100 times its size. Give the table uncompressed if it really is that uniform.',
    );
  });

  it('is stopped by the size', async () => {
    const wary = createTables({ bytes: 1_000_000 });
    expect(await inputError(wary.read(files.write('s.csv.gz', bomb), [{ name: 'a', type: 'number' }]))).toBe(
      'input: s.csv.gz: the table has more than 976.56KiB. Give a sample of its rows.',
    );
  });

  it('is read when it is allowed', async () => {
    const table = await tables.read(files.write('o.csv.gz', bomb), [{ name: 'a', type: 'number' }]);
    expect(table.rows).toBe(2_000_000);
  });
});

describe('real tables', () => {
  it('bank/test.csv', async () => {
    const head = await tables.head(fixture('bank/test.csv'));
    const table = await tables.read(
      fixture('bank/test.csv'),
      head.columns.map((name) => ({ name, type: 'auto' })),
    );
    const texts = [...table.columns].filter(([, column]) => column.type === 'string').map(([name]) => name);
    expect([table.rows, head.columns.length]).toEqual([5000, 19]);
    expect(texts).toEqual([
      'date',
      'default',
      'housing',
      'loan',
      'job',
      'marital',
      'education',
      'contact',
      'month',
      'poutcome',
    ]);
    const label = table.columns.get('label');
    expect(label?.type === 'number' && label.values.reduce((sum, value) => sum + value)).toBe(580);
  });

  it('bike/test_predictions_sklearn.csv keeps all 17 digits', async () => {
    const name = 'bike_champion';
    const table = await tables.read(fixture('bike/test_predictions_sklearn.csv'), [{ name, type: 'number' }]);
    expect([...(table.columns.get(name)?.values ?? [])].slice(0, 2)).toEqual([
      136.16804908070688, -7.4883639068332863,
    ]);
  });
});
