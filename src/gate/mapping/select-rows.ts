import type { Sample } from '../../core/task.ts';

/** The sample of the rows at these indices, in their order. */
export function selectRows<S extends Sample>(sample: S, rows: readonly number[]): S;
export function selectRows(sample: Sample, rows: readonly number[]): Sample {
  const at = (values: ArrayLike<number>) => (row: number) => values[row] ?? 0;
  switch (sample.task) {
    case 'binary-classification':
      return {
        task: sample.task,
        labels: Uint8Array.from(rows, at(sample.labels)),
        scores: Float64Array.from(rows, at(sample.scores)),
        decisions: Uint8Array.from(rows, at(sample.decisions)),
      };
    case 'multiclass-classification': {
      const k = sample.classCount;
      const probabilities = new Float64Array(rows.length * k);
      for (const [i, row] of rows.entries())
        probabilities.set(sample.probabilities.subarray(row * k, (row + 1) * k), i * k);
      return {
        task: sample.task,
        classCount: k,
        labels: Int32Array.from(rows, at(sample.labels)),
        probabilities,
        decisions: Int32Array.from(rows, at(sample.decisions)),
      };
    }
    case 'regression':
      return {
        task: sample.task,
        labels: Float64Array.from(rows, at(sample.labels)),
        predictions: Float64Array.from(rows, at(sample.predictions)),
      };
    case 'score':
      return { task: sample.task, scores: Float64Array.from(rows, at(sample.scores)) };
  }
}
