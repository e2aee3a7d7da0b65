import { describe, expect, it } from 'vitest';
import { inspectBytes } from '../../../../src/adapters/onnx/inspect-bytes.ts';
import { TEST_LIMITS, modelBytes, modelNames } from '../../../support/onnx-fixtures.ts';

/** Every fixture that is refused, with all of its problems; what is not listed here has none. */
const PROBLEMS: Record<string, [code: string, message: string][]> = {
  'onnx/absurd-initializer': [
    ['absurd-dimensions', 'The tensor "w" declares the shape [1099511627776, 1099511627776]'],
  ],
  'onnx/absurd-input': [['absurd-dimensions', 'The value "x" declares the shape [2147483648, 2147483648]']],
  'onnx/cyclic': [
    ['cycle', 'node "first" ("Add") uses "b", which only node "second" ("Add") produces, later'],
  ],
  'onnx/deep-subgraphs': [['too-deep', 'Graphs are nested more than 8 deep']],
  'onnx/duplicate-outputs': [['duplicate-name', 'The value "y" is defined twice.']],
  'onnx/external-data': [['external-data', 'The tensor "w" keeps its data in another file.']],
  'onnx/hostile-names': [['cycle', 'uses "@everyone <img src=x>\\n| a | b |é']],
  'onnx/literal-range': [['absurd-dimensions', 'a "Range" node makes "35184372088832" elements']],
  'onnx/literal-terabytes': [
    ['absurd-dimensions', '"ConstantOfShape" node declares the shape [1048576, 1048576]'],
  ],
  'onnx/negative-dimension': [['absurd-dimensions', 'The value "x" declares the shape [-3]']],
  'onnx/no-graph': [['no-graph', 'The file holds no graph.']],
  'onnx/no-outputs': [['no-outputs', 'The graph has no outputs.']],
  'onnx/short-raw-data': [['absurd-dimensions', 'The tensor "w" declares 12 bytes and holds 4.']],
  'onnx/unknown-domain': [
    ['unknown-domain', '"Exfiltrate" is of the domain "com.evil"; allowed are "", "ai.onnx.ml".'],
  ],
  'onnx/unproduced': [['cycle', 'node "haunted" ("Add") uses "ghost", which nothing produces.']],
};

describe('inspectBytes', () => {
  it.each(['bank', 'bike', 'onnx'].flatMap(modelNames))('lists all problems of %s', (name) => {
    const { problems } = inspectBytes(modelBytes(name), TEST_LIMITS);
    const expected = (PROBLEMS[name] ?? []).map(([code, message]) => ({
      code,
      message: expect.stringContaining(message),
    }));
    expect(problems).toEqual(expected);
  });

  it('reads the bank champion', () => {
    const structure = inspectBytes(modelBytes('bank/champion'), TEST_LIMITS);
    expect(structure).toMatchObject({
      fileBytes: 1852,
      irVersion: 7,
      opsets: [{ domain: '', version: 13 }],
      nodes: 7,
      operators: { Sub: 2, Div: 1, Gemm: 1, Sigmoid: 1, Concat: 1, ArgMax: 1 },
      zipMap: undefined,
      signature: {
        inputs: [{ name: 'features', type: 'float32', shape: [undefined, 47] }],
        outputs: [
          { name: 'label', type: 'int64', shape: [undefined] },
          { name: 'probabilities', type: 'float32', shape: [undefined, 2] },
        ],
      },
    });
    expect(structure.parameters).toBeGreaterThan(47 * 3);
    expect(Object.keys(structure.metadata).length).toBeGreaterThan(0);
  });

  it('names operators of other domains with their domain', () => {
    const { operators } = inspectBytes(modelBytes('bank/challenger'), TEST_LIMITS);
    expect({ ...operators }).toEqual({ 'ai.onnx.ml.TreeEnsembleClassifier': 1 });
  });

  it('counts nodes of subgraphs', () => {
    const { nodes, operators } = inspectBytes(modelBytes('onnx/endless-loop'), TEST_LIMITS);
    expect([nodes, { ...operators }]).toEqual([3, { Loop: 1, Identity: 1, Add: 1 }]);
  });

  it('takes inputs with a stored default for what they are', () => {
    const { signature } = inspectBytes(modelBytes('onnx/old-ir-inputs'), TEST_LIMITS);
    expect(signature.inputs.map((each) => each.name)).toEqual(['x']);
  });

  it('keeps hostile metadata keys as plain keys', () => {
    const { metadata } = inspectBytes(modelBytes('onnx/hostile-names'), TEST_LIMITS);
    expect(Object.entries(metadata)).toEqual([
      ['__proto__', 'polluted'],
      ['features', '["a"]'],
    ]);
  });

  it('escapes control and invisible characters in names, and cuts names at 80 characters', () => {
    const [problem] = inspectBytes(modelBytes('onnx/hostile-names'), TEST_LIMITS).problems;
    expect(problem?.message).toContain('"`**n**`\\u{202e}"');
    expect(problem?.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(problem?.message.length).toBeLessThan(250);
  });

  it.each([
    ['nodes', { nodes: 6 }, 'too-many-nodes'],
    ['depth', { depth: 0 }, 'too-deep'],
    ['elements', { tensorElements: 46 }, 'absurd-dimensions'],
    ['domains', { domains: ['ai.onnx.ml'] }, 'unknown-domain'],
  ])('keeps to the limit of %s', (_, limit, code) => {
    const name = code === 'too-deep' ? 'onnx/endless-loop' : 'bank/champion';
    const { problems } = inspectBytes(modelBytes(name), { ...TEST_LIMITS, ...limit });
    expect(new Set(problems.map((each) => each.code))).toEqual(new Set([code]));
  });
});
