import type { MetricKey } from '../core/metric.ts';
import type { BinarySample, MulticlassSample, Sample } from '../core/task.ts';
import { perRowBrier } from './brier.ts';
import { topLabel } from './calibration.ts';
import { computeMetric } from './compute-metric.ts';
import { perRowLogLoss } from './log-loss.ts';
import { absoluteErrors } from './mae.ts';
import { takeRows } from './resample.ts';

/**
 * A metric as a function of rows (repeats allowed), for resampling; the same value as `computeMetric` of those rows.
 * Means of per-row values are prepared once, and class probabilities copied only where they are needed.
 */
export function metricStatistic(key: MetricKey, sample: Sample): (rows: Int32Array) => number {
  const values = perRow(key, sample);
  if (values) return (rows) => meanAt(values, rows);
  const lean = leanSample(key, sample);
  return (rows) => computeMetric(key, takeRows(lean, rows));
}

/** The per-row values whose mean is the metric; undefined where it is no such mean. */
function perRow(key: MetricKey, sample: Sample): Float64Array | undefined {
  if (sample.task === 'score') return key === 'mean_score' ? sample.scores : undefined;
  if (sample.task === 'regression') return key === 'mae' ? absoluteErrors(sample) : undefined;
  if (key === 'brier') return perRowBrier(sample);
  if (key === 'log_loss') return perRowLogLoss(sample);
  return key === 'accuracy' ? rightness(sample) : undefined;
}

function rightness({ labels, decisions }: BinarySample | MulticlassSample): Float64Array {
  return new Float64Array(labels.length).map((_, row) => (labels[row] === decisions[row] ? 1 : 0));
}

function leanSample(key: MetricKey, sample: Sample): Sample {
  if (sample.task !== 'multiclass-classification') return sample;
  return key === 'ece' ? topLabel(sample) : { ...sample, probabilities: new Float64Array(0) };
}

function meanAt(values: Float64Array, rows: Int32Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row] ?? NaN;
  return sum / rows.length;
}
