import { KnownGoodError } from '../../core/errors.ts';
import type { Tensor, Tensors } from '../../core/model.ts';
import { canonicalLabel } from './labels.ts';
import type { OutputPlan } from './output-plan.ts';
import { quote } from '../../verdict/sentences.ts';

/** What a model answered for n rows: n × width numbers, and its labels as text where it has a label output. */
export interface Answers {
  rows: number;
  width: number;
  numbers: Float64Array;
  labels: string[] | undefined;
}

/** Reads the planned outputs of one batch of `rows` rows. A missing output or a wrong number of rows is an `input` error. */
export function readAnswers(outputs: Tensors, plan: OutputPlan, rows: number): Answers {
  const tensor = outputNamed(outputs, plan.numbers);
  const numbers = toNumbers(tensor);
  const width = widthOfTensor(tensor);
  if (numbers.length !== rows * width) {
    throw new KnownGoodError(
      'input',
      `Output ${quote(plan.numbers)} has shape [${tensor.dims.join(', ')}] for ${rows} rows; expected [${rows}, K].`,
    );
  }
  return {
    rows,
    width,
    numbers,
    labels: plan.label === undefined ? undefined : readLabels(outputNamed(outputs, plan.label), rows),
  };
}

function outputNamed(outputs: Tensors, name: string): Tensor {
  const tensor = outputs[name];
  if (tensor === undefined) throw new KnownGoodError('input', `The model gave no output ${quote(name)}.`);
  return tensor;
}

function widthOfTensor(tensor: Tensor): number {
  return tensor.dims.length <= 1 ? 1 : tensor.dims.slice(1).reduce((product, size) => product * size, 1);
}

function toNumbers(tensor: Tensor): Float64Array {
  if (tensor.type === 'string')
    throw new KnownGoodError('input', 'The output with the prediction holds text, not numbers.');
  return Float64Array.from(tensor.data as ArrayLike<number | bigint>, Number);
}

/** One label a row; an output of another shape is no label output, and is left out. */
function readLabels(tensor: Tensor, rows: number): string[] | undefined {
  if (tensor.data.length !== rows) return undefined;
  return Array.from(tensor.data as ArrayLike<number | bigint | string>, (value) =>
    canonicalLabel(String(value)),
  );
}

/** Puts the answers of consecutive batches together; no batch at all gives zero rows. */
export function joinAnswers(batches: readonly Answers[]): Answers {
  const width = batches[0]?.width ?? 1;
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  const numbers = new Float64Array(rows * width);
  let at = 0;
  for (const batch of batches) {
    if (batch.width !== width)
      throw new KnownGoodError('input', `The model gave ${width} numbers a row, then ${batch.width}.`);
    numbers.set(batch.numbers, at);
    at += batch.numbers.length;
  }
  const labels = batches.some((batch) => batch.labels === undefined)
    ? undefined
    : batches.flatMap((batch) => batch.labels ?? []);
  return { rows, width, numbers, labels };
}
