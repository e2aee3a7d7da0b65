import { describe, expect, it } from 'vitest';
import type { DataRequest, SliceRequest } from '../../../../src/app/gate/gate-request.ts';
import { loadTable } from '../../../../src/app/gate/load-table.ts';
import { memoryFiles, memoryTables } from '../../../support/memory-ports.ts';

const TEST = 'id,a,y,g\nr1,1,0,x\nr2,,1,\nr3,3,0,z\n';
const request: DataRequest = { role: 'test', path: 't.csv', label: 'y', id: 'id' };

function load(slices: SliceRequest[], more: Partial<DataRequest> = {}, texts: Record<string, string> = {}) {
  const all = { 't.csv': TEST, ...texts };
  return loadTable(
    { request: { ...request, ...more }, features: [{ name: 'a', type: 'number' }], slices },
    { files: memoryFiles(all), tables: memoryTables(all) },
  );
}

describe('a table with its slices', () => {
  it('has features as numbers and the rest as text', async () => {
    const table = await load([{ column: 'g' }], { cluster: 'id' });
    expect(table.table.columns.get('a')).toMatchObject({ values: Float64Array.of(1, Number.NaN, 3) });
    expect([table.labels, table.ids]).toEqual([
      ['0', '1', '0'],
      ['r1', 'r2', 'r3'],
    ]);
    expect(table.slices).toEqual([{ name: 'g', values: ['x', '', 'z'] }]);
    expect(table.clusters).toEqual(Int32Array.of(0, 1, 2));
  });

  it('is refused where a row has no cluster', async () => {
    await expect(load([], { cluster: 'g' })).rejects.toThrow(
      '"t.csv" has no cluster in 1 of 3 rows (column "g", first: row 2). Fill the column in, or name another one: cluster.',
    );
  });

  it('reads what one model takes as text and the other as a number as text', async () => {
    const features = [
      { name: 'a', type: 'string' as const },
      { name: 'a', type: 'number' as const },
    ];
    const ports = { files: memoryFiles({ 't.csv': TEST }), tables: memoryTables({ 't.csv': TEST }) };
    for (const order of [features, features.toReversed()]) {
      const { table } = await loadTable({ request, features: order, slices: [] }, ports);
      expect(table.columns.get('a')).toMatchObject({ type: 'string', values: ['1', '', '3'] });
    }
  });

  it.each([
    ['29.9', '< 30'],
    ['30', '30 to < 45'],
    ['44', '30 to < 45'],
    ['45', '≥ 45'],
    ['-1', '< 30'],
    ['', ''],
    ['unknown', 'unknown'],
  ])('puts %j into %j by the edges 30 and 45', async (cell, band) => {
    const texts = { 't.csv': `id,a,y,age\nr1,1,0,${cell}\n` };
    expect((await load([{ column: 'age', edges: [30, 45] }], {}, texts)).slices[0]?.values).toEqual([band]);
  });
});

describe('a joined table', () => {
  const join = { path: 'more.csv', id: 'key' };
  const more = (text: string) => load([{ column: 'h' }], { join }, { 'more.csv': text });

  it('brings its columns by id, whatever the order of its rows', async () => {
    const table = await more('key,h\nr3,c\nr9,z\nr1,a\nr2,b\n');
    expect(table).toMatchObject({
      slices: [{ name: 'h', values: ['a', 'b', 'c'] }],
      slicesMissing: undefined,
    });
  });

  it.each([
    ['lost ids', 'key,h\nr1,a\n', /^2 of 3 ids are not in "more\.csv" \(first: "r2"\)/],
    [
      'an id twice',
      'key,h\nr1,a\nr2,b\nr3,c\nr1,z\n',
      /id "r1" stands twice in "more\.csv" \(rows 1 and 4\)/,
    ],
    ['an id twice with the same cells', 'key,h\nr1,a\nr2,b\nr3,c\nr1,a\n', /stands twice/],
    ['no such column', 'key,i\nr1,a\n', /"h" is neither in "t\.csv" nor in "more\.csv"/],
  ])('with %s brings a sentence and no slices', async (_, text, sentence) => {
    const table = await more(text);
    expect(table.slices).toEqual([]);
    expect(table.slicesMissing).toMatch(sentence);
  });

  it('needs an id, and a column that is nowhere needs a joined table', async () => {
    const { id: _, ...noId } = request;
    const texts = { 't.csv': TEST, 'more.csv': 'key,h\n' };
    const ports = { files: memoryFiles(texts), tables: memoryTables(texts) };
    const table = await loadTable(
      { request: { ...noId, join }, features: [], slices: [{ column: 'h' }] },
      ports,
    );
    expect(table.slicesMissing).toMatch(/names no id column/);
    expect((await load([{ column: 'h' }])).slicesMissing).toMatch(/no table is joined/);
  });
});
