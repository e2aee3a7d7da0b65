import { describe, expect, it } from 'vitest';
import { resolveContract } from '../../../../src/app/gate/resolve-contract.ts';
import type { OpenSide } from '../../../../src/app/gate/load-side.ts';
import { unknown } from '../../../../src/core/fact.ts';
import type { TensorInfo } from '../../../../src/core/model.ts';
import { planInputs } from '../../../../src/gate/mapping/input-plan.ts';
import { toSample } from '../../../../src/gate/mapping/to-sample.ts';
import { sideOf } from '../../../support/gate-facts.ts';

const input = (shape: TensorInfo['shape'], name = 'image'): TensorInfo => ({ name, type: 'float32', shape });
const open = (inputs: TensorInfo[]): OpenSide => ({
  path: 'm.onnx',
  folder: undefined,
  files: [],
  modelPath: 'm.onnx',
  structure: sideOf({ signature: { inputs, outputs: [] }, metadata: {} }).structure,
  session: unknown('not opened'),
});
const contract = (inputs: TensorInfo[], columns = ['a', 'b', 'y']) =>
  resolveContract({
    features: undefined,
    types: undefined,
    inputs: {},
    challenger: open(inputs),
    champion: undefined,
    columns,
    data: { role: 'test', path: 't.csv', label: 'y' },
  });

describe('an input of more than two dimensions', () => {
  const sentence =
    'Input "image" is [N, 3, 224, 224]; a table fills [N, F], or one input a column. For images, texts and sequences make the predictions elsewhere and gate those: --predictions FILE.';
  it('is said before anybody asks for features', () => {
    expect(contract([input(['N', 3, 224, 224])])).toEqual(unknown(sentence));
  });

  it('is said where the features are given too, and beside other inputs', () => {
    const inputs = [input(['N', 1], 'age'), input(['N', 3, 224, 224])];
    expect(planInputs({ inputs, outputs: [] }, ['age', 'image'])).toEqual(unknown(sentence));
    expect(contract(inputs)).toEqual(unknown(sentence));
  });

  it('shows open dimensions as such', () => {
    expect(contract([input([undefined, 'T', 8])])).toMatchObject({
      why: expect.stringContaining('[?, T, 8]'),
    });
  });
});

describe('numbers that are no probabilities', () => {
  const binary = { task: 'binary-classification', negative: '0', positive: '1', threshold: 0.5 } as const;
  const sample = (numbers: number[], width: 1 | 2) =>
    toSample({ rows: 2, width, numbers: Float64Array.from(numbers), labels: undefined }, ['0', '1'], {
      ...binary,
      classes: ['0', '1'],
    });

  it.each<[number[], 1 | 2, string]>([
    [
      [-2.5, 3],
      1,
      'Not a probability: -2.5 at row 1; the numbers look like logits, or margins of an SVM. Export the model with a Sigmoid as its last step (an SVM calibrated), or give probabilities with --predictions FILE.',
    ],
    [
      [1, -1, -3, 4],
      2,
      'Not a probability: -1 at row 1; the numbers look like logits, or margins of an SVM. Export the model with a Softmax as its last step (an SVM calibrated), or give probabilities with --predictions FILE.',
    ],
    [
      [12, 80],
      1,
      'Not a probability: 12 at row 1; the numbers look like percent or raw scores. Export the model with probabilities in [0, 1], or give them with --predictions FILE.',
    ],
  ])('%j in %i columns', (numbers, width, sentence) =>
    expect(sample(numbers, width)).toEqual(unknown(sentence)),
  );
});

describe('features that the table alone tells', () => {
  const from = (columns: string[], width: number) => contract([input(['N', width], 'x')], columns);
  it('are not the ids, dates and splits beside them', () => {
    expect(from(['customer_id', 'a', 'b', 'split', 'y'], 2)).toMatchObject({
      value: { features: ['a', 'b'], source: 'table' },
    });
  });

  it.each(['id', 'customer_id', 'split', 'fold', 'date', 'timestamp'])(
    'are said to be doubtful where the count fits only with %s',
    (name) => {
      expect(from([name, 'a', 'b', 'y'], 3)).toMatchObject({
        value: { features: [name, 'a', 'b'], doubtful: [name] },
      });
    },
  );
});
