import { describe, expect, it } from 'vitest';
import type { LoadedSource } from '../../../src/core/sql-engine.ts';
import { columns, failure, temporaryLogs } from './temporary-log.ts';

const logs = temporaryLogs();
const wanted = columns({ id: 'text', score: 'number' });

async function load(paths: string | string[], maxRejected = 0): Promise<LoadedSource> {
  const session = await logs.open();
  return session.load({ relation: 'log', paths: [paths].flat(), columns: wanted, maxRejected });
}

const HEAD = 'id,score\n';
const GOOD = 'a,0.5\n';

describe('a broken line of a CSV file', () => {
  it.each<[string, string | Uint8Array, string]>([
    [
      'too few cells',
      `${HEAD}${GOOD}b\n`,
      'line 3: this row has 1 cell, the header has 2 columns. Give every row',
    ],
    [
      'too many cells',
      `${HEAD}${GOOD}b,1,2\n${GOOD}`,
      'line 3: this row has 3 cells, the header has 2 columns.',
    ],
    ['an empty line', `${HEAD}${GOOD}\n${GOOD}`, 'line 3: this line is empty. Remove it.'],
    ['after a cell of two lines', `${HEAD}"a\nb",1\nc\n`, 'line 4: this row has 1 cell'],
    [
      'a quote in the middle',
      `${HEAD}a"b,1\n`,
      'line 2: a quote stands inside a cell that does not begin with one.',
    ],
    ['text after a quote', `${HEAD}"a"b,1\n`, 'line 2: text follows the closing quote of a cell.'],
    [
      'a quote without an end',
      `${HEAD}${GOOD}"b,1\n${GOOD}`,
      'line 3: a quoted cell does not end before the end of the file.',
    ],
    ['a lone carriage return', `${HEAD}a,1\rb,2\n`, 'line 2: a carriage return stands without a line feed.'],
    [
      'a NUL byte',
      `${HEAD}a\0b,1\n`,
      'line 2: there is a NUL byte. Write the file as UTF-8 text without NUL bytes',
    ],
    [
      'bytes that are not UTF-8',
      Buffer.from(`${HEAD}${GOOD}m\xfcller,1\n`, 'latin1'),
      'line 3: the bytes fc6c6c65 (hex) are not UTF-8 text.',
    ],
  ])('%s', async (name, content, message) => {
    const path = logs.write('broken.csv', content);
    expect(await failure(load(path)), name).toContain(`input: broken.csv, ${message}`);
  });

  it('is left out and counted where that is allowed, and the rest keeps its lines', async () => {
    const path = logs.write('some.csv', `${HEAD}${GOOD}b\n\nc,1\n"d,2\ne,x\n`);
    const session = await logs.open();
    const loaded = await session.load({ relation: 'log', paths: [path], columns: wanted, maxRejected: 3 });
    expect(loaded.rows).toBe(3);
    expect(loaded.rejected).toEqual({
      count: 3,
      first: { path, line: 3, why: 'this row has 1 cell, the header has 2 columns' },
    });
    expect(loaded.malformed).toEqual([{ column: 'score', count: 1, example: { value: 'x', path, line: 7 } }]);
    expect((await session.read('SELECT id FROM log', { id: 'text' })).id).toEqual(['a', 'c', 'e']);
  });

  it('is one too many: the first is named', async () => {
    const path = logs.write('many.csv', `${HEAD}${GOOD}b\nc\nd\n`);
    expect(await failure(load(path, 2))).toBe(
      'input: many.csv, line 3: this row has 1 cell, the header has 2 columns (the first of more than the 2 broken lines that are allowed). Give every row one cell for each column of the header; put cells that hold the delimiter in quotes.',
    );
  });

  it('counts together with those of the other files', async () => {
    const one = logs.write('one.csv', `${HEAD}a\n`);
    const two = logs.write('two.jsonl', '{"id":"a","score":1}\nnonsense\n');
    expect(await failure(load([one, two], 1))).toContain('input: one.csv, line 2: this row has 1 cell');
    expect((await load([one, two], 2)).rejected.count).toBe(2);
  });
});

describe('a broken line of a JSONL file', () => {
  const good = '{"id":"a","score":0.5}\n';
  it.each<[string, string | Uint8Array, string]>([
    [
      'no JSON',
      `${good}{"id":"b",\n${good}`,
      'line 2: expected a JSON object, saw "{\\"id\\":\\"b\\",". Write one object a line.',
    ],
    ['a list', `${good}[1]\n`, 'line 2: expected a JSON object, saw "[1]".'],
    ['two objects', `${good}{"id":"b"} {"id":"c"}\n`, 'line 2: expected a JSON object'],
    ['an empty line', `${good}\n${good}`, 'line 2: this line is empty. Remove it.'],
    ['a line of spaces', `${good} \t \n${good}`, 'line 2: this line is empty.'],
    ['a NUL byte', `${good}{"id":"\0"}\n`, 'line 2: there is a NUL byte.'],
    [
      'bytes that are not UTF-8',
      Buffer.from(`${good}{"id":"\xff"}\n`, 'latin1'),
      'line 2: the bytes ff227d (hex) are not UTF-8 text.',
    ],
    ['a control character', `${good}{"id":"\u0001"}\n`, 'line 2: there is the control character 0x01'],
    ['another control character', `${good}{"id":"\u0002"}\n`, 'line 2: expected a JSON object'],
    ['cut short', `${good}{"id":"b","sco`, 'line 2: expected a JSON object'],
  ])('%s', async (name, content, message) => {
    const path = logs.write('broken.jsonl', content);
    expect(await failure(load(path)), name).toContain(`input: broken.jsonl, ${message}`);
  });

  it('is left out and counted where that is allowed, whoever finds it, and the rest keeps its lines', async () => {
    const lines = [
      '{"id":"a","score":1}',
      'no',
      '',
      '{"id":"b","score":2}',
      '\0',
      '{"id":"c","score":"x"}',
      '[]',
      '{"id":"d"}',
    ];
    const path = logs.write('some.jsonl', lines.join('\n'));
    const session = await logs.open();
    const loaded = await session.load({ relation: 'log', paths: [path], columns: wanted, maxRejected: 4 });
    expect(loaded.rows).toBe(4);
    expect(loaded.rejected).toEqual({
      count: 4,
      first: { path, line: 2, why: 'expected a JSON object, saw "no"' },
    });
    expect(loaded.malformed[0]?.example).toEqual({ value: 'x', path, line: 6 });
    expect((await session.read('SELECT id FROM log', { id: 'text' })).id).toEqual(['a', 'b', 'c', 'd']);
    const places = await session.read(session.dialect.numbered('log'), {
      id: 'text',
      score: 'number',
      position: 'number',
    });
    expect([...places.position]).toEqual([1, 2, 3, 4]);
  });

  it('is named by its own line where lines before it were left out already', async () => {
    const path = logs.write('later.jsonl', '\n{"id":"a","score":1}\n\n{"id":"b","score":2}\nno\n');
    const { rejected } = await load(path, 5);
    expect(rejected).toEqual({ count: 3, first: { path, line: 1, why: 'this line is empty' } });
    const session = await logs.open();
    const strict = session.load({
      relation: 'log',
      paths: [path],
      columns: columns({ id: 'number' }),
      maxRejected: 3,
    });
    expect((await strict).malformed[0]?.example).toEqual({ value: 'a', path, line: 2 });
  });
});
