import { describe, expect, it } from 'vitest';
import { readInputs } from '../../../../src/entry/action/read-inputs.ts';
import { gateInputs } from '../../../../src/entry/gate/action-inputs.ts';

describe('the input slices', () => {
  it.each<[string | undefined, string[] | undefined]>([
    [undefined, undefined],
    ['', undefined],
    [' \n ', undefined],
    ['job', ['job']],
    ['job,marital', ['job', 'marital']],
    ['job , marital status,', ['job', 'marital status']],
    ['marital status', ['marital status']],
    ['job\nmarital status\n', ['job', 'marital status']],
    ['job\r\nage, in years\r\n', ['job', 'age, in years']],
  ])('%j names %j', (value, slices) =>
    expect(readInputs(gateInputs, { KG_SLICES: value }).slices).toEqual(slices),
  );
});
