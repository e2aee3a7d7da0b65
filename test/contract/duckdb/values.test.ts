import { describe, expect, it } from 'vitest';
import { columnOf, malformed } from './load-column.ts';
import { columns, temporaryLogs } from './temporary-log.ts';

const logs = temporaryLogs();
const column = columnOf(logs);

/** A CSV file with a second column, so that an empty cell is no empty line. */
function csv(cells: readonly string[]): string {
  return logs.write('x.csv', `x,y\n${cells.map((cell) => `${cell},1\n`).join('')}`);
}

describe('a number', () => {
  it.each<[string, number]>([
    ['0.1', 0.1],
    ['-12', -12],
    ['+1', 1],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['1E-3', 0.001],
    [' 1 ', 1],
    ['"1"', 1],
    ['007', 7],
    ['0.30000000000000004', 0.30000000000000004],
    ['123456789012345678', 123456789012345680],
    ['5e-324', 5e-324],
    ['1e400', Infinity],
    ['inf', Infinity],
    ['-Infinity', -Infinity],
    ['true', 1],
    ['False', 0],
  ])('%s is %d', async (cell, value) => {
    const { values, loaded } = await column(csv([cell]), 'number');
    expect(values).toEqual([value]);
    expect(loaded.malformed).toEqual([]);
  });

  it('that is a written NaN is NaN and not missing; an empty cell is missing', async () => {
    const { values, nulls, loaded } = await column(csv(['NaN', 'nan', '', '""']), 'number');
    expect(values).toEqual([NaN, NaN, NaN, NaN]);
    expect(nulls).toBe(2);
    expect(loaded.malformed).toEqual([]);
  });

  it.each(['x', '0x10', '1_000', '1,5', '1 2', '-', 'null', '12%'])('is not %s', async (cell) => {
    const { loaded, nulls } = await column(csv(['1', `"${cell}"`]), 'number');
    expect(malformed(loaded)).toEqual([1, cell, 3]);
    expect(nulls).toBe(1);
  });

  it('that is malformed is counted over all files, the first one shown and cut to 100 characters', async () => {
    const one = logs.write('one.csv', 'x,y\n1,1\n');
    const two = logs.write('two.csv', `x,y\n"1\n2",1\n2,1\n${'z'.repeat(150)},1\nq,1\n`);
    const session = await logs.open();
    const source = { relation: 'log', paths: [one, two], columns: columns({ x: 'number' }), maxRejected: 0 };
    const { malformed: found } = await session.load(source);
    expect(found).toEqual([{ column: 'x', count: 3, example: { value: '1\n2', path: two, line: 2 } }]);
    const last = logs.write('three.csv', `x,y\n"1",1\n"2\n",1\n${'z'.repeat(150)},1\n`);
    const again = await session.load({
      ...source,
      relation: 'again',
      paths: [last],
      columns: columns({ x: 'number' }),
    });
    expect(again.malformed[0]?.example).toEqual({ value: `${'z'.repeat(99)}…`, path: last, line: 5 });
  });
});

describe('an instant', () => {
  const at = Date.UTC(2008, 4, 5, 9, 1, 47, 285);
  it.each<[string, number]>([
    ['2008-05-05T09:01:47.285Z', at],
    ['2008-05-05 09:01:47.285', at],
    ['2008-05-05T09:01:47.285', at],
    ['2008-05-05T11:01:47.285+02:00', at],
    ['2008-05-05 11:01:47.285+02', at],
    ['2008-05-05T14:31:47.285+0530', at],
    ['2008-05-05T09:01:47.285000000Z', at],
    ['2008-05-05T09:01:47.285125Z', at + 0.125],
    ['2008-05-05 09:01:47.285 UTC', at],
    [' 2008-05-05T09:01:47.285Z ', at],
    ['2008-05-05', Date.UTC(2008, 4, 5)],
    ['1969-12-31T23:59:59Z', -1000],
    [String(at), at],
    ['1209978107.285', at],
    ['1209978107', at - 285],
    ['-5', -5000],
    ['1e11', 1e11],
    ['99999999999', 99999999999000],
  ])('%s', async (cell, value) => {
    const { values, loaded } = await column(csv([cell]), 'instant');
    expect(values).toEqual([value]);
    expect(loaded.malformed).toEqual([]);
  });

  it.each([
    'yesterday',
    'epoch',
    'now',
    'infinity',
    'NaN',
    '2008-13-01',
    '2008-02-30',
    '12:00',
    '05/05/2008',
    '2008-05-05T25:00:00Z',
  ])('is not %s', async (cell) => {
    expect(malformed((await column(csv(['2008-05-05', cell]), 'instant')).loaded)).toEqual([1, cell, 3]);
  });
});

describe('an auto column', () => {
  it.each<[string, readonly string[], 'number' | 'text']>([
    ['of numbers', ['1', '2.5', '', 'NaN', '-1e3'], 'number'],
    ['of flags in digits', ['0', '1', '0'], 'number'],
    ['without any value', ['', '""'], 'number'],
    ['of words', ['a', 'b'], 'text'],
    ['of numbers and one word', ['1', '2', 'unknown'], 'text'],
    ['of true and false', ['true', 'false'], 'text'],
    ['of identifiers', ['007', '123'], 'text'],
    ['of numbers with separators', ['1_000'], 'text'],
  ])('%s', async (_, cells, kind) => {
    const { loaded, nulls } = await column(csv(cells), 'auto');
    expect(loaded.kinds.get('x')).toBe(kind);
    expect(loaded.malformed).toEqual([]);
    expect(nulls).toBe(cells.filter((cell) => cell === '' || cell === '""').length);
  });

  it('is text in all files when it is text in one', async () => {
    const paths = [
      logs.write('n.csv', 'x,y\n1,1\n2.50,1\n'),
      await logs.parquet('n.parquet', 'SELECT unnest([3.0, 4.5])::DOUBLE AS x'),
      logs.write('t.jsonl', '{"x":"a"}\n{"x":5}\n'),
    ];
    const session = await logs.open();
    const { kinds } = await session.load({
      relation: 'log',
      paths,
      columns: columns({ x: 'auto' }),
      maxRejected: 0,
    });
    expect(kinds.get('x')).toBe('text');
    expect((await session.read('SELECT x FROM log', { x: 'text' })).x).toEqual([
      '1',
      '2.50',
      '3',
      '4.5',
      'a',
      '5',
    ]);
  });
});

describe('fields of JSON', () => {
  it('are found by dotted names; a key that has dots itself wins', async () => {
    const lines = [
      '{"a":{"b":1}}',
      '{"a.b":2,"a":{"b":3}}',
      '{"a":{"c":1}}',
      '{"a":5}',
      '{"a":{"b":{"c":1}}}',
    ];
    const session = await logs.open();
    const path = logs.write('dots.jsonl', lines.join('\n'));
    const wanted = [{ name: 'x', from: 'a.b', kind: 'text' as const }];
    await session.load({ relation: 'log', paths: [path], columns: wanted, maxRejected: 0 });
    expect((await session.read('SELECT x FROM log', { x: 'text' })).x).toEqual(['1', '2', '', '', '{"c":1}']);
  });

  it.each([`a"b`, `a'b`, 'a/b', 'a~b', '$', '*', 'größe', '', 'a b', '0'])(
    'may be called %j',
    async (key) => {
      const session = await logs.open();
      const path = logs.write('names.jsonl', `${JSON.stringify({ other: 1, [key]: { [key]: 7 } })}\n`);
      const wanted = [{ name: 'x', from: `${key}.${key}`, kind: 'number' as const }];
      const { kinds } = await session.load({
        relation: 'log',
        paths: [path],
        columns: wanted,
        maxRejected: 0,
      });
      expect([...(await session.read('SELECT x FROM log', { x: 'number' })).x]).toEqual([7]);
      expect(kinds.get('x')).toBe('number');
    },
  );

  it('hold long integers, true, NaN and escapes as they are meant', async () => {
    const path = logs.write(
      'odd.jsonl',
      '{"x":12345678901234567890123}\n{"x":true}\n{"x":"\\u00e9\\n"}\n{"x":NaN}\n{"x":""}\n',
    );
    expect((await column(path, 'text')).values).toEqual([
      '12345678901234567890123',
      'true',
      'é\n',
      'NaN',
      '',
    ]);
    const numbers = logs.write('numbers.jsonl', '{"x":true}\n{"x":NaN}\n{"x":"1.5"}\n{"x":[1]}\n');
    const { values, loaded } = await column(numbers, 'number');
    expect(values).toEqual([1, NaN, 1.5, NaN]);
    expect(malformed(loaded)).toEqual([1, '[1]', 4]);
  });
});

describe('columns of CSV', () => {
  it.each([`a"b`, `a'b; DROP TABLE log`, 'größe', 'a.b', 'c1', ' x'])('may be called %j', async (name) => {
    const session = await logs.open();
    const path = logs.write('names.csv', `other,"${name.replaceAll('"', '""')}"\n1,7\n`);
    const wanted = [{ name: 'x', from: name, kind: 'number' as const }];
    await session.load({ relation: 'log', paths: [path], columns: wanted, maxRejected: 0 });
    expect([...(await session.read('SELECT x FROM log', { x: 'number' })).x]).toEqual([7]);
    expect(await session.columnsOf([path])).toEqual(['other', name]);
  });

  it('that are optional and in no file are NULL, and of no kind', async () => {
    const session = await logs.open();
    const wanted = [
      ...columns({ x: 'number' }),
      { name: 'z', from: 'z', kind: 'auto' as const, optional: true },
    ];
    const { kinds } = await session.load({
      relation: 'log',
      paths: [csv(['1'])],
      columns: wanted,
      maxRejected: 0,
    });
    expect([...kinds]).toEqual([['x', 'number']]);
    expect([...(await session.read('SELECT z FROM log', { z: 'number' })).z]).toEqual([NaN]);
  });

  it('that are optional and in one of two files are NULL in the other', async () => {
    const session = await logs.open();
    const paths = [logs.write('with.csv', 'x,z\n1,a\n'), logs.write('without.jsonl', '{"x":2}\n')];
    const wanted = [
      ...columns({ x: 'number' }),
      { name: 'z', from: 'z', kind: 'text' as const, optional: true },
    ];
    const { kinds } = await session.load({ relation: 'log', paths, columns: wanted, maxRejected: 0 });
    expect(kinds.get('z')).toBe('text');
    expect((await session.read('SELECT z FROM log', { z: 'text' })).z).toEqual(['a', '']);
  });

  it('a file with a header and no rows is a file of no rows', async () => {
    const { loaded, values } = await column(logs.write('header.csv', 'x,y\n'), 'auto');
    expect([loaded.rows, loaded.files[0]?.rows, values]).toEqual([0, 0, []]);
  });
});
