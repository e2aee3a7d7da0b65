import { describe, expect, it } from 'vitest';
import type { Signature, TensorInfo } from '../../../../src/core/model.ts';
import { guessTask } from '../../../../src/gate/mapping/guess-task.ts';
import {
  binaryClasses,
  canonicalLabel,
  completeLabels,
  countLabels,
  numericLabels,
} from '../../../../src/gate/mapping/labels.ts';
import { planOutputs } from '../../../../src/gate/mapping/output-plan.ts';

describe('labels that are not there', () => {
  it.each(['', ' ', 'NA', 'N/A', '<NA>', 'None', 'null', 'NaN'])('%j is missing, and no class', (text) => {
    expect(completeLabels(['yes', text], 'y')).toMatchObject({
      known: false,
      why: expect.stringMatching(/1 row of 2 has no label/),
    });
  });
});

describe('labels', () => {
  it.each([
    ['1.0', '1'],
    ['1', '1'],
    [' 1 ', '1'],
    ['-0', '0'],
    ['1.5', '1.5'],
    ['yes', 'yes'],
    ['', ''],
    ['1e3', '1000'],
    ['01', '01'],
    ['0x10', '0x10'],
    ['9007199254740993', '9007199254740993'],
  ])('%j is %j', (text, canonical) => expect(canonicalLabel(text)).toBe(canonical));

  it('stand in natural order: numbers by value, then texts', () => {
    expect([...countLabels(['b', '10', '9', '1a', 'a', '9']).entries()]).toEqual([
      ['9', 2],
      ['10', 1],
      ['1a', 1],
      ['a', 1],
      ['b', 1],
    ]);
  });

  it.each<[string, string[], string | undefined, string | RegExp]>([
    ['0 and 1', ['0', '1', '0'], undefined, '1'],
    ['no and yes', ['yes', 'no'], undefined, 'yes'],
    ['false and true', ['true', 'false'], undefined, 'true'],
    ['texts that nobody knows: the later one', ['good', 'bad'], undefined, 'good'],
    ['as configured', ['good', 'bad'], 'bad', 'bad'],
    ['as configured, in another form', ['1', '0'], '1.0', '1'],
    ['configured and never seen', ['1', '0'], 'yes', /"yes"; the labels are "0", "1"/],
    ['one value', ['1', '1'], undefined, /Every label is "1" \(2 rows\)/],
    ['three values', ['1', '2', '3'], undefined, /has 3/],
    ['no rows', [], undefined, /\(0 rows\)/],
  ])('of two classes: %s', (_, ...[labels, positive, expected]) => {
    const classes = binaryClasses(labels, positive);
    if (typeof expected === 'string')
      expect(classes).toMatchObject({ known: true, value: { positive: expected } });
    else expect(classes).toMatchObject({ known: false, why: expect.stringMatching(expected) });
  });

  it.each(['', '  ', 'NaN', 'nan'])('that are %j are missing', (text) => {
    expect(completeLabels(['1', text, '0'], 'y')).toMatchObject({
      known: false,
      why: expect.stringMatching(/^1 row of 3 .*"y" \(first: row 2[,)]/),
    });
  });

  it('that are called like a missing value are named', () => {
    expect(completeLabels(['EU', 'NA'], 'y')).toMatchObject({
      why: '1 row of 2 has no label in "y" (first: row 2, "NA", which stands for a missing value). Remove such rows, or fill the labels in; a class of that name needs another one.',
    });
  });

  it.each(['x', 'Infinity', '1e999', ''])('of a regression that are %j are no numbers', (text) => {
    expect(numericLabels(['1', text])).toMatchObject({ known: false, why: expect.stringMatching(/row 2/) });
  });
});

describe('the task', () => {
  const clues = { metadata: undefined, width: 1, hasLabelOutput: false, labels: ['0', '1'] };
  it.each([
    [{ metadata: 'regression' }, 'regression'],
    [{ metadata: 'score' }, 'binary-classification'],
    [{ metadata: 'nonsense' }, 'binary-classification'],
    [{ width: 3 }, 'multiclass-classification'],
    [{ width: 2, labels: ['a', 'b', 'c'] }, 'binary-classification'],
    [{ width: undefined, hasLabelOutput: true, labels: ['a', 'b', 'c'] }, 'multiclass-classification'],
    [{ labels: ['1', '2', '3'] }, 'regression'],
    [{}, 'binary-classification'],
  ])('by %j is %s', (more, task) => expect(guessTask({ ...clues, ...more }).task).toBe(task));
});

describe('a plan of the outputs', () => {
  const output = (name: string, type = 'float32', shape: TensorInfo['shape'] = ['N', 1]): TensorInfo => ({
    name,
    type,
    shape,
  });
  const plan = (outputs: TensorInfo[], hints = {}) =>
    planOutputs({ inputs: [], outputs } satisfies Signature, hints);
  it.each<[string, TensorInfo[], object, object]>([
    ['the only float', [output('y')], {}, { numbers: 'y', label: undefined, width: 1 }],
    [
      'with a label',
      [output('l', 'int64', ['N']), output('p', 'float32', ['N', 3])],
      {},
      { numbers: 'p', label: 'l', width: 3 },
    ],
    [
      'the probable one of two',
      [output('embedding'), output('probabilities', 'float64')],
      {},
      { numbers: 'probabilities' },
    ],
    [
      'probabilities, not what only ends like an output',
      [output('probabilities'), output('output_embedding')],
      {},
      { numbers: 'probabilities' },
    ],
    [
      'the label by its name',
      [output('nearest_cluster', 'int64', ['N']), output('output_label', 'string', ['N']), output('p')],
      {},
      { numbers: 'p', label: 'output_label' },
    ],
    [
      'no label among several that are called otherwise',
      [output('cluster', 'int64', ['N']), output('region', 'string', ['N']), output('p')],
      {},
      { numbers: 'p', label: undefined },
    ],
    [
      'no label of several a row',
      [output('label', 'int64', ['N', 3]), output('p')],
      {},
      { label: undefined },
    ],
    ['the named one', [output('a'), output('b')], { score: 'a' }, { numbers: 'a' }],
    ['[N]', [output('y', 'float32', ['N'])], {}, { width: 1 }],
    ['an open width', [output('y', 'float32', ['N', 'K'])], {}, { width: undefined }],
  ])('%s', (_, ...[outputs, hints, value]) =>
    expect(plan(outputs, hints)).toMatchObject({ known: true, value }),
  );

  it.each<[string, TensorInfo[], object, RegExp]>([
    ['no float', [output('l', 'int64')], {}, /no float output.*"l"/],
    ['none at all', [], {}, /outputs: none/],
    ['two that would do', [output('a'), output('b')], {}, /2 float outputs \("a", "b"\).*outputs: \{ score/],
    ['a named one that is not there', [output('a')], { score: 'z' }, /output "z"; the model has "a"/],
    ['a named label that is not there', [output('a')], { label: 'z' }, /label output "z"/],
  ])('%s is a sentence', (_, ...[outputs, hints, sentence]) => {
    expect(plan(outputs, hints)).toMatchObject({ known: false, why: expect.stringMatching(sentence) });
  });
});
