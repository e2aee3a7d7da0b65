import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTables } from '../../../../src/adapters/tables/create-tables.ts';
import { CsvReader } from '../../../../src/adapters/tables/csv-reader.ts';
import { readRecords } from '../../../../src/adapters/tables/read-records.ts';
import { DEFAULT_TABLE_LIMITS } from '../../../../src/adapters/tables/table-limits.ts';
import type { Column, ColumnRequest, ColumnType } from '../../../../src/core/table.ts';
import { inputError, temporaryTables } from './temporary-table.ts';

const tables = createTables();
const files = temporaryTables();

async function column(cells: readonly string[], type: ColumnType): Promise<Column | undefined> {
  const content = ['a,b', ...cells.map((cell) => `${cell},1`), ''].join('\n');
  const table = await tables.read(files.write('v.csv', content), [{ name: 'a', type }]);
  return table.columns.get('a');
}

describe('number columns', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['+7', 7],
    ['007', 7],
    ['.5', 0.5],
    ['5.', 5],
    ['-12.75', -12.75],
    ['1e3', 1000],
    ['1E-2', 0.01],
    ['0.032603739662177333', 0.032603739662177333],
    ['9007199254740993', 9007199254740992],
    ['123456789012345.6', 123456789012345.6],
    ['1e-400', 0],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['NaN', NaN],
    ['nan', NaN],
    [' 1.5 ', 1.5],
    ['\t2', 2],
    ['"3"', 3],
  ])('%j is %d', async (cell, value) => {
    expect(await column([cell], 'number')).toEqual({
      type: 'number',
      values: Float64Array.of(value),
      missing: 0,
    });
  });

  it('empty cells are NaN and counted, a written NaN is not', async () => {
    const values = Float64Array.of(1, NaN, NaN, NaN);
    expect(await column(['1', '', '""', 'NaN'], 'number')).toEqual({ type: 'number', values, missing: 2 });
  });

  it.each([
    '0x10',
    '1_000',
    '"1,5"',
    '" 1 "',
    '1 2',
    '--1',
    '+',
    '.',
    '-.',
    'e5',
    '1e',
    '1.2.3',
    'inf',
    '-Infinity',
    'NAN',
    'NA',
    'null',
    'true',
    '１',
    '1\u00a0',
    '١',
  ])('%j is no number', async (cell) =>
    expect(await inputError(column([cell], 'number'))).toMatch(
      /line 2, column "a": expected a number, saw "/,
    ),
  );

  it.each(['1e400', '-1e309', '9'.repeat(400)])('%.20s is not finite', async (cell) => {
    expect(await inputError(column([cell], 'number'))).toContain('is not finite');
  });

  it('every decimal that JavaScript writes comes back as it was', async () => {
    const doubles = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 1,
      maxLength: 200,
    });
    const spellings = fc.constantFrom<(value: number) => string>(
      (value) => String(value),
      (value) => value.toExponential(),
      (value) => value.toPrecision(17),
      (value) => value.toFixed(6),
    );
    await fc.assert(
      fc.asyncProperty(doubles, spellings, async (values, spell) => {
        const texts = values.map(spell);
        const expected = Float64Array.from(texts, Number);
        expect((await column(texts, 'number'))?.values).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('auto columns', () => {
  it.each<[string, string[], Column]>([
    ['numbers', ['1', '', '2.5'], { type: 'number', values: Float64Array.of(1, NaN, 2.5), missing: 1 }],
    ['numbers and NaN', ['1', 'NaN'], { type: 'number', values: Float64Array.of(1, NaN), missing: 0 }],
    ['nothing', ['', ''], { type: 'number', values: Float64Array.of(NaN, NaN), missing: 2 }],
    ['texts', ['', 'x', '1', ''], { type: 'string', values: ['', 'x', '1', ''], missing: 2 }],
    [
      'a text after numbers',
      ['1', '', '2.50', 'x'],
      { type: 'string', values: ['1', '', '2.50', 'x'], missing: 1 },
    ],
    ['leading zeros', ['1', '007'], { type: 'string', values: ['1', '007'], missing: 0 }],
    [
      'a zero alone, and below one',
      ['0', '0.5', '-0.5'],
      { type: 'number', values: Float64Array.of(0, 0.5, -0.5), missing: 0 },
    ],
    ['a leading zero behind a sign', ['-01'], { type: 'string', values: ['-01'], missing: 0 }],
    ['identifiers like 12e456', ['12e456'], { type: 'string', values: ['12e456'], missing: 0 }],
  ])('%s', async (_, cells, expected) => expect(await column(cells, 'auto')).toEqual(expected));
});

/** Reads CSV text in chunks of a given size, to put chunk borders everywhere. */
async function inChunks(content: string, size: number, wanted: readonly ColumnRequest[]) {
  const bytes = Buffer.from(content);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const reader = new CsvReader({ path: 'chunks.csv', wanted, limits: DEFAULT_TABLE_LIMITS });
  await readRecords({ path: 'chunks.csv', chunks: chunks(), reader: () => reader, recordBytes: 2 ** 20 });
  return reader;
}

describe('round trip', () => {
  const cell = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\0', ''));
  const awkward = fc.stringMatching(/^[",;\r\n\té\u{1f600} ]{0,6}$/u);
  const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.array(fc.array(fc.oneof(cell, awkward), { minLength: width, maxLength: width }), {
      minLength: 1,
      maxLength: 8,
    }),
  );
  const form = fc.record({
    eol: fc.constantFrom('\n', '\r\n'),
    lastEol: fc.boolean(),
    mark: fc.boolean(),
    always: fc.boolean(),
    size: fc.integer({ min: 1, max: 40 }),
  });

  it('any cells come back, in whatever chunks', async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        form,
        fc.constantFrom(',', ';', '\t'),
        async (rows, { eol, lastEol, mark, always, size }, delimiter) => {
          const width = rows[0]?.length ?? 0;
          const used = width === 1 ? ',' : delimiter;
          const quote = (text: string) => {
            const plain = !always && !/[",;\t\r\n]/.test(text) && !(width === 1 && text === '');
            return plain ? text : `"${text.replaceAll('"', '""')}"`;
          };
          const names = Array.from({ length: width }, (_, index) => `c${index}`);
          const lines = [names, ...rows].map((row) => row.map(quote).join(used));
          const content = (mark ? '\ufeff' : '') + lines.join(eol) + (lastEol ? eol : '');
          const reader = await inChunks(
            content,
            size,
            names.map((name) => ({ name, type: 'string' })),
          );
          const columns = [...reader.finish().values()].map((found) =>
            found === 'read-again' ? [] : found.values,
          );
          expect(rows.map((_, row) => columns.map((values) => values[row]))).toEqual(rows);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('string columns', () => {
  it('keep spaces, leading zeros and big numbers as they are', async () => {
    const cells = [' x ', '007', '12345678901234567890', '"a ""b"""', ''];
    const values = [' x ', '007', '12345678901234567890', 'a "b"', ''];
    expect(await column(cells, 'string')).toEqual({ type: 'string', values, missing: 1 });
  });

  it('keep apart texts that fall into one slot of the cache', async () => {
    const values = Array.from({ length: 20_000 }, (_, index) => `${'v'.repeat(index % 70)}${index % 9000}`);
    expect((await column(values, 'string'))?.values).toEqual(values);
  });

  it('a column asked for twice has the explicit type', async () => {
    const path = files.write('twice.csv', 'a\n1\n');
    const table = await tables.read(path, [
      { name: 'a', type: 'auto' },
      { name: 'a', type: 'string' },
    ]);
    expect(table.columns.get('a')?.type).toBe('string');
  });
});
