import { describe, expect, it } from 'vitest';
import { createTables } from '../../../../src/adapters/tables/create-tables.ts';
import { inputError, temporaryTables } from './temporary-table.ts';

const files = temporaryTables();
const read = (name: string, text: string, complete: boolean) =>
  createTables().read(files.write(name, text), [{ name: 'p', type: 'number', complete }]);

describe('a column that must be complete', () => {
  it.each([
    [
      't.csv',
      'p,y\n0.5,1\nNaN,0\n',
      'input: t.csv, line 3, column "p": there is no number, saw "NaN". Write a finite number in every row.',
    ],
    [
      't.csv',
      'p,y\n0.5,1\n,0\n',
      'input: t.csv, line 3, column "p": there is no number, saw "". Write a finite number in every row.',
    ],
    [
      't.csv',
      'p,y\nabc,1\n',
      'input: t.csv, line 2, column "p": expected a number, saw "abc". Write a finite number in every row.',
    ],
    [
      't.jsonl',
      '{"p":0.5}\n{"p":null}\n',
      'input: t.jsonl, line 2, column "p": there is no number, saw null. Write a finite number in every row.',
    ],
  ])('%s %j', async (name, text, sentence) => {
    expect(await inputError(read(name, text, true))).toBe(sentence);
  });

  it('is as good as any other where it is complete', async () => {
    const { columns } = await read('t.csv', 'p,y\n0.5,1\n-1e3,0\n', true);
    expect(columns.get('p')).toMatchObject({ values: Float64Array.of(0.5, -1000), missing: 0 });
  });
});

describe('a decimal comma', () => {
  it.each([
    ['t.csv', 'p;y\n0,5;1\n'],
    ['t.csv', 'p,y\n"-1,25",1\n'],
    ['t.jsonl', '{"p":"0,5"}\n'],
  ])('is named: %s %j', async (name, text) => {
    for (const complete of [false, true])
      expect(await inputError(read(name, text, complete))).toMatch(
        /expected a number, saw "[-0-9,]+"\. Write a point for the decimal comma \(0\.5\)\.$/,
      );
  });

  it('is not seen in a list of numbers', async () => {
    expect(await inputError(read('t.csv', 'p,y\n"1,2,3",1\n', false))).toMatch(
      /Write a finite decimal number/,
    );
  });
});
