import { describe, expect, it } from 'vitest';
import { findClassLabels } from '../../../../src/adapters/onnx/class-labels.ts';
import type { NodeSummary } from '../../../../src/adapters/onnx/graph-summary.ts';
import { inspectBytes } from '../../../../src/adapters/onnx/inspect-bytes.ts';
import { TEST_LIMITS, modelBytes } from '../../../support/onnx-fixtures.ts';

const labels = (name: string, values: { strings?: string[]; integers?: number[] }) => ({
  name,
  graphs: [],
  tensor: undefined,
  strings: [],
  integers: [],
  ...values,
});
type Ends = readonly [inputs: string[], outputs: string[], more?: Partial<NodeSummary>];
const node = (operator: string, ...[inputs, outputs, more = {}]: Ends): NodeSummary => ({
  name: '',
  operator,
  domain: 'ai.onnx.ml',
  inputs,
  outputs,
  attributes: [],
  ...more,
});
const graph = (nodes: NodeSummary[], outputs: string[]) => ({
  nodes,
  initializers: [],
  inputs: [],
  outputs: outputs.map((name) => ({ name, type: 'float32', shape: undefined })),
});
const TREES = node('TreeEnsembleClassifier', ['x'], ['label', 'p'], {
  attributes: [labels('classlabels_strings', { strings: ['bad', 'good'] })],
});

describe('the classes that a file names', () => {
  it.each([
    ['iris-int', ['0', '1', '2']],
    ['iris-string', ['setosa', 'versicolor', 'virginica']],
  ])('are those of a real scikit-learn export: %s', (name, classes) => {
    for (const kind of ['plain', 'zipmap']) {
      const structure = inspectBytes(modelBytes(`onnx/${name}-${kind}`), TEST_LIMITS);
      expect(Object.values(structure.classLabels ?? {})).toEqual([classes]);
    }
  });

  it('are followed through operators that keep the columns', () => {
    const chain = [
      TREES,
      node('Normalizer', ['p'], ['q']),
      node('Cast', ['q'], ['r'], { domain: '' }),
      node('ZipMap', ['r'], ['z']),
    ];
    expect(findClassLabels(graph(chain, ['z', 'label']))).toEqual({ z: ['bad', 'good'] });
  });

  it('may be integers under either of their names', () => {
    for (const name of ['classlabels_int64s', 'classlabels_ints']) {
      const linear = node('LinearClassifier', ['x'], ['label', 'p'], {
        attributes: [labels(name, { integers: [1, 2] })],
      });
      expect(findClassLabels(graph([linear], ['p']))).toEqual({ p: ['1', '2'] });
    }
  });

  it.each<[string, NodeSummary[], string]>([
    ['an operator that may move columns', [TREES, node('Gather', ['p', 'i'], ['q'], { domain: '' })], 'q'],
    ['the label output', [TREES], 'label'],
    ['an operator of another domain', [{ ...TREES, domain: 'com.example' }], 'p'],
    ['a circle', [node('Cast', ['a'], ['b']), node('Cast', ['b'], ['a'])], 'a'],
    ['nothing at all', [], 'p'],
  ])('are not made up behind %s', (_, ...[nodes, output]) =>
    expect(findClassLabels(graph(nodes, [output]))).toEqual({}),
  );
});
