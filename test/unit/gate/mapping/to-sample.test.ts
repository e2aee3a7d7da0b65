import { describe, expect, it } from 'vitest';
import type { Tensor } from '../../../../src/core/model.ts';
import type { Sample } from '../../../../src/core/task.ts';
import { joinAnswers, readAnswers } from '../../../../src/gate/mapping/answers.ts';
import { selectRows } from '../../../../src/gate/mapping/select-rows.ts';
import type { LabelScheme } from '../../../../src/gate/mapping/to-sample.ts';
import { toSample } from '../../../../src/gate/mapping/to-sample.ts';

const answers = (width: number, ...numbers: number[]) => ({
  rows: numbers.length / width,
  width,
  numbers: Float64Array.from(numbers),
  labels: undefined,
});
const binary = (classes = ['no', 'yes'], positive = 'yes'): LabelScheme => ({
  task: 'binary-classification',
  negative: positive === 'yes' ? 'no' : 'yes',
  positive,
  threshold: 0.5,
  classes,
});
const three: LabelScheme = { task: 'multiclass-classification', classes: ['a', 'b', 'c'] };

describe('a binary sample', () => {
  it.each<[string, ReturnType<typeof answers>, LabelScheme, number[]]>([
    ['of one column', answers(1, 0.2, 0.7), binary(), [0.2, 0.7]],
    ['of the positive column', answers(2, 0.8, 0.2, 0.3, 0.7), binary(), [0.2, 0.7]],
    [
      'of the first column, where the positive class is first',
      answers(2, 0.8, 0.2, 0.3, 0.7),
      binary(['no', 'yes'], 'no'),
      [0.8, 0.3],
    ],
    ['clamped where float32 went over the edge', answers(1, -5e-7, 1 + 5e-7), binary(), [0, 1]],
  ])('%s', (_, ...[given, scheme, scores]) => {
    const sample = toSample(given, ['no', 'yes'], scheme);
    expect(sample).toMatchObject({ known: true, value: { scores: Float64Array.from(scores) } });
    expect(
      sample.known && sample.value.task === 'binary-classification' && Array.from(sample.value.decisions),
    ).toEqual(scores.map((score) => (score >= 0.5 ? 1 : 0)));
  });

  it.each<[string, ReturnType<typeof answers>, LabelScheme, RegExp]>([
    ['NaN', answers(1, 0.2, Number.NaN), binary(), /1 answer of 2 is not finite \(first: NaN at row 2\)/],
    ['above 1', answers(1, 0.2, 1.00001), binary(), /Not a probability: 1\.00001 at row 2/],
    ['below 0', answers(1, -0.1, 0.5), binary(), /Not a probability: -0\.1 at row 1/],
    ['three columns', answers(3, 0, 0, 1, 1, 0, 0), binary(), /gives 3 numbers a row/],
    [
      'no column',
      { rows: 2, width: 0, numbers: new Float64Array(), labels: undefined },
      binary(),
      /gives 0 numbers a row/,
    ],
    [
      'classes that are others',
      answers(2, 0, 1, 1, 0),
      binary(['x', 'z']),
      /"yes" is not among the model's classes/,
    ],
    ['classes that are three', answers(2, 0, 1, 1, 0), binary(['no', 'yes', 'z']), /not among/],
    ['fewer rows', answers(1, 0.5), binary(), /answered 1 row of 2/],
  ])('is refused with %s', (_, ...[given, scheme, sentence]) => {
    expect(toSample(given, ['no', 'yes'], scheme)).toMatchObject({
      known: false,
      why: expect.stringMatching(sentence),
    });
  });
});

describe('other samples', () => {
  it('of several classes decide for the most probable, the first one of ties', () => {
    expect(toSample(answers(3, 0.2, 0.3, 0.5, 0.4, 0.4, 0.2), ['c', 'b'], three)).toMatchObject({
      value: { labels: Int32Array.of(2, 1), decisions: Int32Array.of(2, 0) },
    });
  });
  it.each<[string, ReturnType<typeof answers>, string[], LabelScheme, RegExp]>([
    [
      'an unknown class',
      answers(3, 0, 0, 1, 1, 0, 0),
      ['a', 'd'],
      three,
      /"d" of row 2 is not among the classes/,
    ],
    ['another width', answers(2, 0, 1, 1, 0), ['a', 'b'], three, /gives 2 numbers a row for 3 classes/],
    [
      'two numbers of a regression',
      answers(2, 0, 1, 1, 0),
      ['1', '2'],
      { task: 'regression', values: Float64Array.of(1, 2) },
      /a regression gives one/,
    ],
    [
      'infinity',
      answers(1, 0, Infinity),
      ['1', '2'],
      { task: 'regression', values: Float64Array.of(1, 2) },
      /not finite/,
    ],
  ])('are refused with %s', (_, ...[given, labels, scheme, sentence]) => {
    expect(toSample(given, labels, scheme)).toMatchObject({
      known: false,
      why: expect.stringMatching(sentence),
    });
  });
});

describe('answers', () => {
  const plan = { numbers: 'p', label: 'l', width: undefined };
  const p = (dims: number[]): Tensor => ({
    type: 'float32',
    dims,
    data: new Float32Array(dims.reduce((a, b) => a * b, 1)),
  });
  const l: Tensor = { type: 'int64', dims: [2], data: BigInt64Array.of(1n, 0n) };
  it.each([
    [[2], 1],
    [[2, 1], 1],
    [[2, 3], 3],
    [[2, 1, 2], 2],
  ])('of shape %j have width %d', (dims, width) => {
    expect(readAnswers({ p: p(dims), l }, plan, 2)).toMatchObject({ rows: 2, width, labels: ['1', '0'] });
  });
  it.each([[[3, 1]], [[1, 2]], [[4]]])('of shape %j for two rows are refused', (dims) => {
    expect(() => readAnswers({ p: p(dims), l }, plan, 2)).toThrow(/expected \[2, K\]/);
  });
  it('must be there, and be numbers', () => {
    expect(() => readAnswers({ l }, plan, 2)).toThrow(/no output "p"/);
    expect(() => readAnswers({ p: { type: 'string', dims: [2], data: ['a', 'b'] }, l }, plan, 2)).toThrow(
      /text/,
    );
  });
  it('of batches of another width do not join', () => {
    expect(() => joinAnswers([answers(1, 1), answers(2, 1, 2)])).toThrow(/gave 1 numbers a row, then 2/);
    expect(joinAnswers([])).toMatchObject({ rows: 0 });
  });
});

describe('some rows of a sample', () => {
  it.each<[Sample, Sample]>([
    [
      { task: 'score', scores: Float64Array.of(1, 2, 3) },
      { task: 'score', scores: Float64Array.of(3, 1) },
    ],
    [
      { task: 'regression', labels: Float64Array.of(1, 2, 3), predictions: Float64Array.of(4, 5, 6) },
      { task: 'regression', labels: Float64Array.of(3, 1), predictions: Float64Array.of(6, 4) },
    ],
    [
      {
        task: 'multiclass-classification',
        classCount: 2,
        labels: Int32Array.of(0, 1, 1),
        probabilities: Float64Array.of(1, 0, 0.4, 0.6, 0.2, 0.8),
        decisions: Int32Array.of(0, 1, 1),
      },
      {
        task: 'multiclass-classification',
        classCount: 2,
        labels: Int32Array.of(1, 0),
        probabilities: Float64Array.of(0.2, 0.8, 1, 0),
        decisions: Int32Array.of(1, 0),
      },
    ],
    [
      {
        task: 'binary-classification',
        labels: Uint8Array.of(0, 1, 1),
        scores: Float64Array.of(0.1, 0.2, 0.9),
        decisions: Uint8Array.of(0, 0, 1),
      },
      {
        task: 'binary-classification',
        labels: Uint8Array.of(1, 0),
        scores: Float64Array.of(0.9, 0.1),
        decisions: Uint8Array.of(1, 0),
      },
    ],
  ])('of $task', (all, some) => expect(selectRows(all, [2, 0])).toEqual(some));
});
