import type { Sample } from '../core/task.ts';

/** The sample of the given rows, in that order, repeats allowed; a multiclass sample without probabilities stays without. */
export function takeRows(sample: Sample, rows: Int32Array): Sample {
  switch (sample.task) {
    case 'binary-classification':
      return {
        task: sample.task,
        labels: take(sample.labels, rows, Uint8Array),
        scores: take(sample.scores, rows, Float64Array),
        decisions: take(sample.decisions, rows, Uint8Array),
      };
    case 'multiclass-classification':
      return {
        task: sample.task,
        classCount: sample.classCount,
        labels: take(sample.labels, rows, Int32Array),
        decisions: take(sample.decisions, rows, Int32Array),
        probabilities: takeBlocks(sample.probabilities, rows, sample.classCount),
      };
    case 'regression':
      return {
        task: sample.task,
        labels: take(sample.labels, rows, Float64Array),
        predictions: take(sample.predictions, rows, Float64Array),
      };
    case 'score':
      return { task: sample.task, scores: take(sample.scores, rows, Float64Array) };
  }
}

function take<A extends { [index: number]: number }>(
  values: A,
  rows: Int32Array,
  Kind: new (length: number) => A,
): A {
  const taken = new Kind(rows.length);
  for (let index = 0; index < rows.length; index++) taken[index] = values[rows[index] ?? NaN] ?? NaN;
  return taken;
}

function takeBlocks(values: Float64Array, rows: Int32Array, width: number): Float64Array {
  if (values.length === 0) return values;
  const taken = new Float64Array(rows.length * width);
  rows.forEach((row, index) => taken.set(values.subarray(row * width, (row + 1) * width), index * width));
  return taken;
}
