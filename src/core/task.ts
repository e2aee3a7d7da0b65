/** What a model does. `score` = per-item scores made elsewhere (language models, images): their paired mean is compared. */
export const TASKS = ['binary-classification', 'multiclass-classification', 'regression', 'score'] as const;

export type Task = (typeof TASKS)[number];

/**
 * Labels and predictions of one model on n rows, ready for the statistics. No NaN, no missing values:
 * whoever builds a sample has already turned those into errors.
 */
export type Sample = BinarySample | MulticlassSample | RegressionSample | ScoreSample;

export interface BinarySample {
  task: 'binary-classification';
  /** n values, 0 or 1 (1 = the positive class). */
  labels: Uint8Array;
  /** n probabilities of the positive class, in [0, 1]. */
  scores: Float64Array;
  /** n values, 1 where score ≥ threshold. */
  decisions: Uint8Array;
}

export interface MulticlassSample {
  task: 'multiclass-classification';
  /** k ≥ 2 classes. */
  classCount: number;
  /** n class indices in [0, k). */
  labels: Int32Array;
  /** n × k probabilities, one row a sample. */
  probabilities: Float64Array;
  /** n class indices: the most probable class, the first one of ties. */
  decisions: Int32Array;
}

export interface RegressionSample {
  task: 'regression';
  labels: Float64Array;
  predictions: Float64Array;
}

export interface ScoreSample {
  task: 'score';
  /** n per-item scores; higher is better (negate scores for which lower is). */
  scores: Float64Array;
}

/** Number of rows of a sample. */
export function rowCount(sample: Sample): number {
  return sample.task === 'score' ? sample.scores.length : sample.labels.length;
}
