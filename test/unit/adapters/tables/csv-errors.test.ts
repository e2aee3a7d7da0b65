import { describe, expect, it } from 'vitest';
import { createTables } from '../../../../src/adapters/tables/create-tables.ts';
import { inputError, temporaryTables } from './temporary-table.ts';

const tables = createTables();
const files = temporaryTables();

const read = (content: string | Uint8Array, name = 't.csv') =>
  inputError(
    tables.read(files.write(name, content), [
      { name: 'a', type: 'number' },
      { name: 'b', type: 'string' },
    ]),
  );

const RAGGED =
  'Give every row one cell for each column of the header; put cells that hold the delimiter in quotes.';
const NUMBER = 'Write a finite decimal number, NaN, or leave the cell empty.';

describe('a broken CSV table is an input error', () => {
  it.each([
    [
      'too few cells',
      'a,b\n1,x\n2\n',
      `t.csv, line 3: this row has 1 cell, the header has 2 columns. ${RAGGED}`,
    ],
    [
      'too many cells',
      'a,b\r\n1,x\r\n2,y,z\r\n',
      `t.csv, line 3: this row has 3 cells, the header has 2 columns. ${RAGGED}`,
    ],
    ['an empty line', 'a,b\n1,x\n\n2,y\n', 't.csv, line 3: this line is empty. Remove it.'],
    ['a line of its own after the end', 'a,b\n1,x\n\n', 't.csv, line 3: this line is empty. Remove it.'],
    [
      'lines inside quotes count',
      'a,b\n1,"x\ny\n"\n2\n',
      `t.csv, line 5: this row has 1 cell, the header has 2 columns. ${RAGGED}`,
    ],
    [
      'an open quote',
      'a,b\n1,"x\n2,y\n',
      't.csv, line 2, column "b": a quoted cell does not end before the end of the file. Close the quote.',
    ],
    [
      'an open quote in the header',
      'a,"b\n1,2',
      't.csv, line 1: a quoted cell does not end before the end of the file. Close the quote.',
    ],
    [
      'a stray quote',
      'a,b\n1,x"y"\n',
      't.csv, line 2, column "b": a quote stands inside a cell that does not begin with one. Put the whole cell in quotes and double the quotes inside it.',
    ],
    [
      'text after a quote',
      'a,b\n1,"x\n"y\n',
      't.csv, line 3, column "b": text follows the closing quote of a cell. Double the quotes inside the cell, or put the delimiter after the closing one.',
    ],
    [
      'a lone carriage return',
      'a,b\n1,x\r2,y\n',
      't.csv, line 2, column "b": a carriage return stands without a line feed. Write the file with LF or CRLF line ends, or put the cell in quotes.',
    ],
    [
      'a NUL',
      'a,b\n1,x\n2,\0\n',
      't.csv, line 3: there is a NUL byte. Write the file as UTF-8 text without NUL bytes (UTF-16 is not read).',
    ],
    [
      'no number',
      'a,b\n1,"x\n"\n1O,y\n',
      `t.csv, line 4, column "a": expected a number, saw "1O". ${NUMBER}`,
    ],
    [
      'no number, on the second line of a record',
      'b,a\n"x\n",?\n',
      `t.csv, line 3, column "a": expected a number, saw "?". ${NUMBER}`,
    ],
    [
      'a number too large',
      'a,b\n1e400,x\n',
      `t.csv, line 2, column "a": the number "1e400" is not finite. ${NUMBER}`,
    ],
    [
      'a name twice',
      'a,b,a\n1,2,3\n',
      't.csv, line 1: the header names "a" twice, as column 1 and 3. Rename or leave out one of them.',
    ],
    [
      'no name',
      ',a,b\n0,1,2\n',
      't.csv, line 1: column 1 of the header has no name. Name it, or leave it out (pandas: to_csv(index=False)).',
    ],
    [
      'an absent column',
      'A,bb,c\n1,2,3\n',
      't.csv: there is no column "a" (did you mean "A"?), "b" (did you mean "bb"?); the table has "A", "bb", "c". Correct the name, or add the column.',
    ],
    ['nothing', '', 't.csv: the file is empty. Give a table with a header and rows.'],
    ['a mark alone', '\ufeff', 't.csv: the file is empty. Give a table with a header and rows.'],
    [
      'a header alone',
      'a,b\n',
      't.csv: the table has a header and no rows. Give a table with at least one row.',
    ],
    [
      'a header alone, without line end',
      'a,b',
      't.csv: the table has a header and no rows. Give a table with at least one row.',
    ],
    [
      'two delimiters',
      'a;b\tc\n1;2\t3\n',
      't.csv, line 1: the header has semicolons and tabs, so the delimiter cannot be told. Write the table with commas.',
    ],
  ])('%s', async (_, content, message) => expect(await read(content)).toBe(`input: ${message}`));

  it.each([
    ['in a wanted cell', [0x31, 0x2c, 0xc3, 0x28]],
    ['in a cell nobody asked for', [0x31, 0x2c, 0x78, 0x2c, 0xc3, 0x28]],
  ])('bytes that are not UTF-8 %s', async (_, row) => {
    const header = row.length === 4 ? 'a,b\n1,x\n' : 'a,b,c\n1,x,y\n';
    const message = await read(Buffer.concat([Buffer.from(header), Buffer.from(row)]));
    expect(message).toBe(
      'input: t.csv, line 3: the bytes c328 (hex) are not UTF-8 text. Write the file as UTF-8.',
    );
  });

  it('a cell is cut and quoted in the message', async () => {
    const message = await read(`a,b\n"${'<b>\n@x'.repeat(30)}",y\n`);
    expect(message).toContain('expected a number, saw "<b>\\n@x<b>\\n@x');
    expect(message).toContain('…".');
    expect(message.length).toBeLessThan(250);
    expect(message).not.toContain('\n');
  });

  it('the first of two faults is told, whatever their kinds', async () => {
    expect(await read('a,b\n1,x\n2\n3,\0\n')).toContain('line 3: this row has 1 cell');
    expect(await read('a,b\n1,x\n2,\0\n3\n')).toContain('line 3: there is a NUL');
  });
});

describe('ceilings', () => {
  const short = createTables({ recordBytes: 20, cells: 5, columns: 3, bytes: 400 });
  const request = [{ name: 'a', type: 'string' as const }];

  it.each([
    [
      'a record',
      'a,b\n1,"' + 'x'.repeat(30) + '"\n2,y\n',
      'line 2: this record is longer than the 20 bytes that are allowed',
    ],
    [
      'a record without end',
      'a,b\n1,"' + 'x'.repeat(300),
      'line 2: this record is longer than the 20 bytes that are allowed',
    ],
    ['cells', 'a\n' + '1\n'.repeat(6), 'more than 5 cells were asked for (1 columns)'],
    ['columns', 'a,b,c,d\n1,2,3,4\n', 'line 1: the header has 4 columns, allowed are 3'],
    ['bytes', 'a\n' + '1\n'.repeat(500), 'the table has more than 400B'],
  ])('%s', async (_, content, message) => {
    expect(await inputError(short.read(files.write('c.csv', content), request))).toContain(message);
  });
});
