import { describe, expect, it } from 'vitest';
import type { ElementType, TensorInfo } from '../../../../src/core/model.ts';
import type { Column, Table } from '../../../../src/core/table.ts';
import { buildTensors } from '../../../../src/gate/mapping/build-tensors.ts';
import { columnsOf, planInputs } from '../../../../src/gate/mapping/input-plan.ts';

const numbers = (...values: number[]): Column => ({
  type: 'number',
  values: Float64Array.from(values),
  missing: 0,
});
const texts = (...values: string[]): Column => ({ type: 'string', values, missing: 0 });
const table = (columns: Record<string, Column>): Table => ({
  path: 't.csv',
  rows: 3,
  columns: new Map(Object.entries(columns)),
});
const input = (name: string, type: string, shape: TensorInfo['shape']): TensorInfo => ({ name, type, shape });

function build(
  inputs: TensorInfo[],
  columns: Record<string, Column>,
  features: string[] = Object.keys(columns),
) {
  const plan = planInputs({ inputs, outputs: [] }, features);
  if (!plan.known) throw new Error(plan.why);
  return buildTensors(table(columns), plan.value, { from: 0, to: 3 });
}

describe('tensors of rows', () => {
  it('lay the columns side by side, a row at a time', () => {
    const { x } = build([input('x', 'float32', ['N', 2])], {
      a: numbers(1, 2, 3),
      b: numbers(4, 5, Number.NaN),
    });
    expect(x).toEqual({ type: 'float32', dims: [3, 2], data: Float32Array.of(1, 4, 2, 5, 3, Number.NaN) });
  });

  it.each<[ElementType, unknown]>([
    ['float32', Float32Array.of(0, 1, 1)],
    ['float64', Float64Array.of(0, 1, 1)],
    ['int32', Int32Array.of(0, 1, 1)],
    ['int64', BigInt64Array.of(0n, 1n, 1n)],
    ['bool', Uint8Array.of(0, 1, 1)],
    ['string', ['0', '1', '1']],
  ])('of one column are %s, [N, 1] or [N]', (type, data) => {
    for (const shape of [[undefined, 1], [undefined]]) {
      const { a } = build([input('a', type, shape)], { a: numbers(0, 1, 1) });
      expect(a).toEqual({ type, dims: shape.length === 2 ? [3, 1] : [3], data });
    }
  });

  it('by name take each column for itself, in any order', () => {
    const made = build([input('b', 'string', [undefined, 1]), input('a', 'int64', [undefined])], {
      a: numbers(1, 2, 3),
      b: texts('x', '', 'z'),
    });
    expect(made['b']?.data).toEqual(['x', '', 'z']);
    expect(made['a']?.data).toEqual(BigInt64Array.of(1n, 2n, 3n));
  });

  it('may repeat and reorder rows', () => {
    const plan = planInputs({ inputs: [input('x', 'float32', [undefined, 1])], outputs: [] }, ['a']);
    const made = plan.known && buildTensors(table({ a: numbers(1, 2, 3) }), plan.value, { rows: [2, 0, 2] });
    expect(made && made['x']?.data).toEqual(Float32Array.of(3, 1, 3));
  });

  it('read the other way than they are needed become what is needed', () => {
    expect(build([input('x', 'float32', [undefined, 1])], { a: texts('1.5', '', 'NaN') })['x']?.data).toEqual(
      Float32Array.of(1.5, Number.NaN, Number.NaN),
    );
    expect(
      build([input('x', 'string', [undefined, 1])], { a: numbers(1.5, Number.NaN, 2) })['x']?.data,
    ).toEqual(['1.5', '', '2']);
  });

  it.each<[string, ElementType, Column, RegExp]>([
    ['NaN', 'int64', numbers(1, Number.NaN, 2), /whole numbers in "a", and row 2 of the table holds NaN/],
    ['a fraction', 'int32', numbers(1, 2, 0.5), /row 3 .* holds 0\.5/],
    ['more than 32 bits', 'int32', numbers(2 ** 31, 0, 0), /32 bits in "a", and row 1/],
    ['more than is exact', 'int64', numbers(2 ** 60, 0, 0), /row 1/],
    ['infinity', 'int64', numbers(0, Infinity, 0), /row 2/],
    ['two', 'bool', numbers(0, 1, 2), /0 or 1 in "a", and row 3/],
    ['text', 'float32', texts('1', 'high', '3'), /numbers in "a", and row 2 of the table holds "high"/],
  ])('refuse %s in %s', (_, ...[type, column, sentence]) => {
    expect(() => build([input('x', type, [undefined, 1])], { a: column })).toThrow(sentence);
  });
});

describe('a plan of the inputs', () => {
  const why = (inputs: TensorInfo[], features: string[], overrides = {}) => {
    const plan = planInputs({ inputs, outputs: [] }, features, overrides);
    return plan.known ? plan.value : plan.why;
  };
  it.each<[string, TensorInfo[], string[], Record<string, string[]>, RegExp]>([
    ['no input', [], ['a'], {}, /no inputs/],
    [
      'another width',
      [input('x', 'float32', [undefined, 3])],
      ['a', 'b'],
      {},
      /takes 3 columns, and the contract has 2 \("a", "b"\)/,
    ],
    ['three dimensions', [input('x', 'float32', ['N', 28, 28])], ['a'], {}, /\[N, 28, 28\].*--predictions/],
    ['an odd type', [input('x', 'float16', [undefined, 1])], ['a'], {}, /type float16/],
    [
      'a column for an unknown input',
      [input('x', 'float32', ['N', 1])],
      ['a'],
      { y: ['a'] },
      /input "y"; the model has "x"/,
    ],
  ])('with %s is a sentence', (_, ...[inputs, features, overrides, sentence]) => {
    expect(why(inputs, features, overrides)).toMatch(sentence);
  });

  it('takes the batch that the model fixes', () => {
    expect(why([input('x', 'float32', [8, 1])], ['a'])).toMatchObject({ fixedBatch: 8 });
    expect(why([input('x', 'float32', ['N', 1])], ['a'])).toMatchObject({ fixedBatch: undefined });
  });

  it('takes the columns that the config gives, and any width where the file is silent', () => {
    expect(why([input('x', 'float32', ['N', 1])], ['a', 'b'], { x: ['b'] })).toMatchObject({
      feeds: [{ columns: ['b'] }],
    });
    expect(why([input('x', 'float32', undefined)], ['a', 'b'])).toMatchObject({
      feeds: [{ columns: ['a', 'b'], rank: 2 }],
    });
  });

  it('reads a column that any input takes as text as text', () => {
    const plan = planInputs(
      { inputs: [input('s', 'string', ['N', 1]), input('f', 'float32', ['N', 1])], outputs: [] },
      [],
      { s: ['a'], f: ['a'] },
    );
    expect(plan.known && columnsOf(plan.value)).toEqual([{ name: 'a', type: 'string' }]);
  });
});
