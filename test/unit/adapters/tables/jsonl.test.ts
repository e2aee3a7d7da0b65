import { describe, expect, it } from 'vitest';
import { createTables } from '../../../../src/adapters/tables/create-tables.ts';
import type { ColumnType } from '../../../../src/core/table.ts';
import { inputError, temporaryTables } from './temporary-table.ts';

const tables = createTables();
const files = temporaryTables();

const read = (lines: readonly string[], name: string, type: ColumnType) =>
  tables.read(files.write('t.jsonl', lines.join('\n')), [{ name, type }]);

describe('JSON lines', () => {
  it.each<[string, string[], string, ColumnType, unknown]>([
    ['numbers', ['{"a":1}', '{"a":-2.5e3}'], 'a', 'number', Float64Array.of(1, -2500)],
    ['null, absent, NaN', ['{"a":null}', '{}', '{"a":"NaN"}'], 'a', 'number', Float64Array.of(NaN, NaN, NaN)],
    ['truth as a number', ['{"a":true}', '{"a":false}'], 'a', 'number', Float64Array.of(1, 0)],
    ['truth as text', ['{"a":true}', '{"a":false}'], 'a', 'string', ['true', 'false']],
    ['truth as it comes', ['{"a":true}', '{"a":false}'], 'a', 'auto', ['true', 'false']],
    ['numbers as text', ['{"a":7}', '{"a":"007"}'], 'a', 'string', ['7', '007']],
    [
      'a nested field',
      ['{"m":{"s":1}}', '{"m":{}}', '{"m":3}'],
      'm.s',
      'number',
      Float64Array.of(1, NaN, NaN),
    ],
    ['a key with a dot before a nested one', ['{"m":{"s":1},"m.s":2}'], 'm.s', 'number', Float64Array.of(2)],
    [
      'a dot inside of a nested key',
      ['{"m":{"job=admin.":1}}'],
      'm.job=admin.',
      'number',
      Float64Array.of(1),
    ],
    ['own keys alone', ['{"a":1}', '{"a":{"toString":"x"}}'], 'a.toString', 'string', ['', 'x']],
    ['texts after numbers', ['{"a":1}', '{"a":"x"}'], 'a', 'auto', ['1', 'x']],
    ['an identifier after numbers', ['{"a":1}', '{"a":"2"}'], 'a', 'auto', ['1', '2']],
    ['colons and quotes inside texts', ['{"a":"\\":{\\\\","b":{"c":[{"d":1}]}}'], 'a', 'string', ['":{\\']],
    ['CRLF and a last line end', ['{"a":1}\r', '{"a":2}\r', ''], 'a', 'number', Float64Array.of(1, 2)],
  ])('%s', async (...[, lines, name, type, values]) => {
    expect((await read(lines, name, type)).columns.get(name)?.values).toEqual(values);
  });

  it('counts what is missing', async () => {
    const table = await read(['{"a":null}', '{}', '{"a":"NaN"}', '{"a":1}'], 'a', 'number');
    expect([table.rows, table.columns.get('a')?.missing]).toEqual([4, 2]);
  });

  const NUMBER = 'Write a finite decimal number, NaN, or leave the cell empty.';
  const TEXT = 'Write a text; numbers above 9007199254740991 need quotes.';
  it.each<[string, string[], ColumnType, string]>([
    [
      'a number in quotes',
      ['{"a":1}', '{"a":"2"}'],
      'number',
      `t.jsonl, line 2, column "a": expected a number, saw "2". ${NUMBER}`,
    ],
    [
      'a number too large',
      ['{"a":1e400}'],
      'number',
      `t.jsonl, line 1, column "a": the number Infinity is not finite. ${NUMBER}`,
    ],
    [
      'an object',
      ['{"a":{"b":1}}'],
      'number',
      `t.jsonl, line 1, column "a": expected a number, saw {"b":1}. ${NUMBER}`,
    ],
    ['a list', ['{"a":[1]}'], 'string', `t.jsonl, line 1, column "a": expected a text, saw [1]. ${TEXT}`],
    [
      'digits that were lost',
      ['{"a":12345678901234567890}'],
      'string',
      `t.jsonl, line 1, column "a": expected a text, saw 12345678901234567000. ${TEXT}`,
    ],
    [
      'no JSON',
      ['{"a":1}', '{"a":1'],
      'number',
      't.jsonl:2:7: expected "," or "}", saw the end of the text. Correct the JSON.',
    ],
    [
      'a bare NaN',
      ['{"a":NaN}'],
      'number',
      't.jsonl:1:6: "NaN" at a, which is not JSON. Write a finite number.',
    ],
    [
      'a key twice',
      ['{"a":1}', '{"x":{"a":1,"a":2},"a":1}'],
      'number',
      't.jsonl:2:13: the key x.a stands there twice. Keep one of them.',
    ],
    [
      'too deep',
      ['['.repeat(70) + ']'.repeat(70)],
      'number',
      't.jsonl:1:66: nested deeper than 64 levels. Flatten it.',
    ],
    [
      'a list as a row',
      ['[1]'],
      'number',
      't.jsonl, line 1: expected a JSON object, saw [1]. Write one object a line.',
    ],
    [
      'an empty line',
      ['{"a":1}', '', '{"a":1}'],
      'number',
      't.jsonl, line 2: this line is empty. Remove it.',
    ],
    [
      'a field nobody has',
      ['{"b":{"c":1}}', '{"d":1}'],
      'number',
      't.jsonl: there is no column "a"; the table has "b.c", "d". Correct the name, or add the column.',
    ],
    [
      'a NUL',
      ['{"a":1}', '{"a":"\0"}'],
      'string',
      't.jsonl, line 2: there is a NUL byte. Write the file as UTF-8 text without NUL bytes (UTF-16 is not read).',
    ],
    ['nothing', [''], 'string', 't.jsonl: the file is empty. Give a table with a header and rows.'],
  ])('%s', async (...[, lines, type, message]) => {
    expect(await inputError(read(lines, 'a', type))).toBe(`input: ${message}`);
  });

  it('the head is the union of the fields of 100 lines', async () => {
    const lines = Array.from({ length: 100 }, (_, i) =>
      i < 99 ? '{"a":{"b":1,"c":null},"d":[1]}' : '{"e":1}',
    );
    const path = files.write('head.jsonl', [...lines, '{"f":1}', 'no JSON'].join('\n'));
    expect((await tables.head(path)).columns).toEqual(['a.b', 'a.c', 'd', 'e']);
  });
});
