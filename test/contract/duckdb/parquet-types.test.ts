import { describe, expect, it } from 'vitest';
import type { LogKind } from '../../../src/core/sql-engine.ts';
import { columnOf } from './load-column.ts';
import { failure, temporaryLogs } from './temporary-log.ts';

const logs = temporaryLogs();
const column = columnOf(logs);

describe('types of Parquet', () => {
  const at = Date.UTC(2008, 4, 5, 9, 1, 47);
  it.each<[string, LogKind, (number | string)[]]>([
    ['7::TINYINT', 'number', [7]],
    ['7::UBIGINT', 'number', [7]],
    ['7::HUGEINT', 'number', [7]],
    ['1.10::DECIMAL(10, 2)', 'number', [1.1]],
    ['12345678901234567.89::DECIMAL(30, 2)', 'number', [Number('12345678901234567.89')]],
    ['0.1::FLOAT', 'number', [0.1]],
    ['0.1::DOUBLE', 'number', [0.1]],
    [`'NaN'::FLOAT`, 'number', [NaN]],
    ['true', 'number', [1]],
    [`' 2.5'`, 'number', [2.5]],
    ['7::BIGINT', 'text', ['7']],
    ['7.0::DOUBLE', 'text', ['7']],
    ['0.1::FLOAT', 'text', ['0.1']],
    ['true', 'text', ['true']],
    [`'x'::ENUM('x', 'y')`, 'text', ['x']],
    [`'bytes'::BLOB`, 'text', ['bytes']],
    ['7::BIGINT', 'auto', [7]],
    ['0.1::FLOAT', 'auto', [0.1]],
    ['true', 'auto', ['true']],
    [`'12'`, 'auto', [12]],
    [`'a'`, 'auto', ['a']],
    [`DATE '2008-05-05'`, 'instant', [Date.UTC(2008, 4, 5)]],
    [`TIMESTAMP '2008-05-05 09:01:47'`, 'instant', [at]],
    [`TIMESTAMP_S '2008-05-05 09:01:47'`, 'instant', [at]],
    [`TIMESTAMP_MS '2008-05-05 09:01:47'`, 'instant', [at]],
    [`TIMESTAMP_NS '2008-05-05 09:01:47'`, 'instant', [at]],
    [`TIMESTAMPTZ '2008-05-05 11:01:47+02'`, 'instant', [at]],
    [`'2008-05-05T09:01:47Z'`, 'instant', [at]],
    [`${at}::BIGINT`, 'instant', [at]],
    [`${at / 1000}::DOUBLE`, 'instant', [at]],
  ])('%s as %s', async (sql, kind, values) => {
    const found = await column(await logs.parquet('x.parquet', `SELECT ${sql} AS x`), kind);
    expect(found.values).toEqual(values);
    expect(found.loaded.malformed).toEqual([]);
  });

  it('texts that are no numbers are malformed, without a line', async () => {
    const path = await logs.parquet('x.parquet', `SELECT unnest(['1', '', 'x', 'y']) AS x`);
    const { loaded, nulls } = await column(path, 'number');
    expect(loaded.malformed).toEqual([{ column: 'x', count: 2, example: { value: 'x', path } }]);
    expect(nulls).toBe(3);
  });

  it.each<[string, LogKind, string]>([
    ['[1]', 'auto', 'the column holds no numbers or texts ("INTEGER[]")'],
    ['{a: 1}', 'number', 'the column holds no numbers ("STRUCT(\\"a\\" INTEGER)")'],
    [`TIMESTAMP '2008-05-05 09:01:47'`, 'number', 'the column holds no numbers ("TIMESTAMP")'],
    ['true', 'instant', 'the column holds no times ("BOOLEAN")'],
  ])('%s as %s is refused', async (sql, kind, message) => {
    const path = await logs.parquet('x.parquet', `SELECT ${sql} AS x`);
    expect(await failure(column(path, kind))).toContain(
      `input: x.parquet, column "x": ${message}. Name a column of `,
    );
  });
});
