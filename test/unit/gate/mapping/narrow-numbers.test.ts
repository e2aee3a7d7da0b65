import { describe, expect, it } from 'vitest';
import type { Table } from '../../../../src/core/table.ts';
import { buildTensors } from '../../../../src/gate/mapping/build-tensors.ts';

function build(type: 'float32' | 'float64', value: number) {
  const column = { type: 'number' as const, values: Float64Array.of(1, value), missing: 0 };
  const table: Table = { path: 't.csv', rows: 2, columns: new Map([['a', column]]) };
  const feed = { kind: 'column' as const, input: 'x', type, columns: ['a'], rank: 2 as const };
  return buildTensors(table, { feeds: [feed], fixedBatch: undefined }, { from: 0, to: 2 })['x']?.data;
}

describe('a number on its way to float32', () => {
  it.each([1e39, -1e39, 3.5e38])('that becomes infinite is refused by row and column: %d', (value) => {
    expect(() => build('float32', value)).toThrow(
      `The model takes float32 in "a", and row 2 of the table holds ${value}, which is too large for float32 (at most 3.4e38). Fix the cell, or export the model with a float64 input.`,
    );
  });

  it.each([3.4e38, -3.4e38, 1e-50, Number.NaN, Number.POSITIVE_INFINITY])('is kept else: %d', (value) => {
    expect(build('float32', value)).toEqual(Float32Array.of(1, value));
    expect(build('float64', 1e39)).toEqual(Float64Array.of(1, 1e39));
  });
});
