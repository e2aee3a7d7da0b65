import { formatCount } from '../../core/format-number.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { BinarySample, MulticlassSample, RegressionSample, Sample } from '../../core/task.ts';
import type { Answers } from './answers.ts';
import { countOf, listNames } from '../../verdict/sentences.ts';

/** Who names the classes in the order of a model's columns: the config or a flag, the ONNX file, the header of a table of predictions. */
export type ClassSource = 'config' | 'file' | 'header';

/** How labels and answers of one data set belong together. Without `classesFrom` the order of the classes is assumed. */
export type LabelScheme =
  | {
      task: 'binary-classification';
      negative: string;
      positive: string;
      /** Somebody said which class is positive. */
      positiveNamed?: boolean;
      threshold: number;
      classes: readonly string[];
      classesFrom?: ClassSource;
    }
  | { task: 'multiclass-classification'; classes: readonly string[]; classesFrom?: ClassSource }
  | { task: 'regression'; values: Float64Array };

/** The sample of one model, or the sentence why its answers cannot be measured: NaN, outside [0, 1], wrong width, unknown class. */
export function toSample(answers: Answers, labels: readonly string[], scheme: LabelScheme): Fact<Sample> {
  if (answers.rows !== labels.length)
    return unknown(`The model answered ${countOf(answers.rows, 'row')} of ${formatCount(labels.length)}.`);
  const broken = nonFinite(answers);
  if (broken !== undefined) return unknown(broken);
  switch (scheme.task) {
    case 'binary-classification':
      return binarySample(answers, labels, scheme);
    case 'multiclass-classification':
      return multiclassSample(answers, labels, scheme.classes);
    case 'regression':
      return regressionSample(answers, scheme.values);
  }
}

function nonFinite(answers: Answers): string | undefined {
  let count = 0;
  let first = -1;
  for (let i = 0; i < answers.numbers.length; i++) {
    if (Number.isFinite(answers.numbers[i])) continue;
    if (first < 0) first = i;
    count += 1;
  }
  if (count === 0) return undefined;
  const value = answers.numbers[first];
  return `${countOf(count, 'answer')} of ${formatCount(answers.numbers.length)} ${count === 1 ? 'is' : 'are'} not finite (first: ${value} at row ${formatCount(Math.floor(first / answers.width) + 1)}).`;
}

/** The scheme of a binary task. */
export type BinaryScheme = Extract<LabelScheme, { task: 'binary-classification' }>;

function binarySample(answers: Answers, labels: readonly string[], scheme: BinaryScheme): Fact<BinarySample> {
  const column = positiveColumn(answers.width, scheme);
  if (column === undefined)
    return unknown(`The model gives ${answers.width} numbers a row; a binary classifier gives one or two.`);
  if (column < 0)
    return unknown(
      `The positive class ${JSON.stringify(scheme.positive)} is not among the model's classes (${listNames(scheme.classes)}).`,
    );
  const scores = new Float64Array(answers.rows);
  for (let i = 0; i < answers.rows; i++)
    scores[i] = answers.numbers[i * answers.width + column] ?? Number.NaN;
  const outside = outsideUnit(scores, answers);
  if (outside !== undefined) return unknown(outside);
  return known({
    task: 'binary-classification',
    labels: Uint8Array.from(labels, (label) => (label === scheme.positive ? 1 : 0)),
    scores,
    decisions: Uint8Array.from(scores, (score) => (score >= scheme.threshold ? 1 : 0)),
  });
}

/** The column that holds the positive class: −1 where the two classes are not named, `undefined` for other than one or two columns. */
export function positiveColumn(width: number, { classes, positive }: BinaryScheme): number | undefined {
  if (width === 1) return 0;
  if (width !== 2) return undefined;
  return classes.length === 2 ? classes.indexOf(positive) : -1;
}

/** Slack for probabilities that float32 arithmetic pushes over an edge; they are clamped. */
const EDGE = 1e-6;

function outsideUnit(values: Float64Array, answers: Answers): string | undefined {
  const each = values.length / answers.rows;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (!(value >= -EDGE && value <= 1 + EDGE)) {
      return `Not a probability: ${Number(value.toPrecision(6))} at row ${formatCount(Math.floor(i / each) + 1)}; ${remedy(answers)} --predictions FILE.`;
    }
    values[i] = Math.min(1, Math.max(0, value));
  }
  return undefined;
}

/** What numbers outside of [0, 1] look like, and what to do about it. */
function remedy({ numbers, width }: Answers): string {
  const last = width === 1 ? 'Sigmoid' : 'Softmax';
  return numbers.some((value) => value < -EDGE)
    ? `the numbers look like logits, or margins of an SVM. Export the model with a ${last} as its last step (an SVM calibrated), or give probabilities with`
    : 'the numbers look like percent or raw scores. Export the model with probabilities in [0, 1], or give them with';
}

function multiclassSample(
  answers: Answers,
  labels: readonly string[],
  classes: readonly string[],
): Fact<MulticlassSample> {
  if (answers.width !== classes.length) {
    return unknown(
      `The model gives ${answers.width} numbers a row for ${classes.length} classes (${listNames(classes)}). Name them in order: outputs: { classes: […] }.`,
    );
  }
  const index = new Map(classes.map((name, i) => [name, i]));
  const indices = Int32Array.from(labels, (label) => index.get(label) ?? -1);
  const stranger = indices.indexOf(-1);
  if (stranger >= 0)
    return unknown(
      `The label ${JSON.stringify(labels[stranger])} of row ${formatCount(stranger + 1)} is not among the classes (${listNames(classes)}).`,
    );
  const probabilities = Float64Array.from(answers.numbers);
  const outside = outsideUnit(probabilities, answers);
  if (outside !== undefined) return unknown(outside);
  const decisions = Int32Array.from({ length: answers.rows }, (_, i) => mostProbable(answers, i));
  return known({
    task: 'multiclass-classification',
    classCount: classes.length,
    labels: indices,
    probabilities,
    decisions,
  });
}

/** Index of the largest number of a row, the first one of ties. */
export function mostProbable(answers: Answers, row: number): number {
  let best = 0;
  const start = row * answers.width;
  for (let k = 1; k < answers.width; k++) {
    if ((answers.numbers[start + k] ?? 0) > (answers.numbers[start + best] ?? 0)) best = k;
  }
  return best;
}

function regressionSample(answers: Answers, values: Float64Array): Fact<RegressionSample> {
  if (answers.width !== 1)
    return unknown(`The model gives ${answers.width} numbers a row; a regression gives one.`);
  return known({ task: 'regression', labels: values, predictions: answers.numbers });
}
