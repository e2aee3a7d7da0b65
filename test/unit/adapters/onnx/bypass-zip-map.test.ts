import { describe, expect, it } from 'vitest';
import { bypassZipMap } from '../../../../src/adapters/onnx/bypass-zip-map.ts';
import { inspectBytes } from '../../../../src/adapters/onnx/inspect-bytes.ts';
import { TEST_LIMITS, modelBytes, modelNames } from '../../../support/onnx-fixtures.ts';

const CLASSES = { int: ['0', '1', '2'], string: ['setosa', 'versicolor', 'virginica'] };

describe('bypassZipMap', () => {
  it.each(['int', 'string'] as const)('is told of beforehand: labels of type %s', (kind) => {
    const { zipMap, signature } = inspectBytes(modelBytes(`onnx/iris-${kind}-zipmap`), TEST_LIMITS);
    expect(zipMap).toEqual({
      output: 'output_probability',
      bypassedBy: 'probabilities',
      classes: CLASSES[kind],
    });
    expect(signature.outputs.map((each) => each.type)).toEqual([
      kind === 'int' ? 'int64' : 'string',
      'sequence',
    ]);
  });

  it.each(['int', 'string'] as const)('gives a tensor under the old name: labels of type %s', (kind) => {
    const before = inspectBytes(modelBytes(`onnx/iris-${kind}-zipmap`), TEST_LIMITS);
    const after = inspectBytes(bypassZipMap(modelBytes(`onnx/iris-${kind}-zipmap`)), TEST_LIMITS);
    expect(after.problems).toEqual([]);
    expect(after.zipMap).toBeUndefined();
    expect(after.signature.outputs).toEqual([
      before.signature.outputs[0],
      { name: 'output_probability', type: 'float32', shape: [undefined, 3] },
    ]);
    expect(after.operators).not.toHaveProperty(['ai.onnx.ml.ZipMap']);
    expect(after.opsets).toEqual(before.opsets);
  });

  it.each(modelNames('bank'))('leaves the bytes of %s alone', (name) => {
    const bytes = modelBytes(name);
    expect(bypassZipMap(bytes)).toBe(bytes);
  });

  it('leaves bytes alone that are no model', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(bypassZipMap(bytes)).toBe(bytes);
  });
});
