import type { MetricKey } from '../core/metric.ts';
import { computeMetric } from './compute-metric.ts';
import type { BinarySample, MulticlassSample, RegressionSample, Sample, ScoreSample } from '../core/task.ts';
import { perRowBrier } from './brier.ts';
import { type Estimate, noInterval } from './estimate.ts';
import { estimateAuc } from './estimate-auc.ts';
import { estimateBoundedMean } from './estimate-mean.ts';
import { estimateAccuracy, estimateF1, estimatePrecision, estimateRecall } from './estimate-share.ts';
import { perRowLogLoss } from './log-loss.ts';
import { LOG_LOSS_BOUND } from './paired-losses.ts';
import { absoluteErrors } from './mae.ts';
import { maxError } from './max-error.ts';
import { meanInterval } from './mean-interval.ts';
import { meanScore } from './mean-score.ts';
import { quantile, quantileInterval } from './quantile.ts';

/** What is known about the values and the rows. */
export interface RowFacts {
  bound?: number | undefined;
  /** Rows come in clusters, so that no method for independent rows is enough. */
  clustered: boolean;
}

/**
 * The estimate of a metric from independent rows, by the method made for it; undefined where there is none and resampling must do.
 * `bound` is the largest absolute error (mae, rmse, bias; without it there is no interval), log loss (34.5 nats, all of it) or absolute score (none) that counts.
 */
export function directEstimate(
  key: MetricKey,
  sample: Sample,
  { bound, clustered }: RowFacts,
): Estimate | undefined {
  switch (sample.task) {
    case 'binary-classification':
      if (key === 'roc_auc') return estimateAuc(sample, { clustered });
      return directShare(key, sample) ?? directProbability(key, sample, bound);
    case 'multiclass-classification':
      return directProbability(key, sample, bound);
    case 'regression':
      return directRegression(key, sample, bound);
    case 'score':
      return bound === undefined ? undefined : estimateScore(sample, bound);
  }
}

function directShare(key: MetricKey, sample: BinarySample): Estimate | undefined {
  if (key === 'precision') return estimatePrecision(sample);
  if (key === 'recall') return estimateRecall(sample);
  return key === 'f1' ? estimateF1(sample) : undefined;
}

function directProbability(
  key: MetricKey,
  sample: BinarySample | MulticlassSample,
  bound = LOG_LOSS_BOUND,
): Estimate | undefined {
  if (key === 'accuracy') return estimateAccuracy(sample);
  if (key === 'brier')
    return estimateBoundedMean(perRowBrier(sample), { range: { low: 0, high: 1 }, name: '1' });
  if (key !== 'log_loss') return undefined;
  return estimateBoundedMean(perRowLogLoss(sample), {
    range: { low: 0, high: bound },
    name: `${Number(bound.toPrecision(4))} nats`,
  });
}

function directRegression(key: MetricKey, sample: RegressionSample, bound?: number): Estimate | undefined {
  if (key === 'median_error') return estimateMedian(absoluteErrors(sample).sort());
  if (key === 'max_error') {
    const why = 'Rows not seen may hold larger errors: no sample bounds the largest one.';
    return { value: maxError(sample), n: sample.labels.length, ...noInterval('none', why) };
  }
  if (bound === undefined && ['mae', 'rmse', 'bias'].includes(key)) {
    const why =
      'a single error has no bound of its own, and a sample is none: set bound to the largest error that there can be.';
    return { value: computeMetric(key, sample), n: sample.labels.length, ...noInterval('none', why) };
  }
  return bound === undefined ? undefined : meanOfErrors(key, sample, bound);
}

function meanOfErrors(key: MetricKey, sample: RegressionSample, largest: number): Estimate | undefined {
  const { labels, predictions } = sample;
  const name = `an error of ${largest}`;
  const errors = labels.map((label, row) => (predictions[row] ?? NaN) - label);
  if (key === 'bias') return estimateBoundedMean(errors, { range: { low: -largest, high: largest }, name });
  if (key === 'mae')
    return estimateBoundedMean(errors.map(Math.abs), { range: { low: 0, high: largest }, name });
  if (key !== 'rmse') return undefined;
  const range = { low: 0, high: largest ** 2 };
  return rootOf(
    estimateBoundedMean(
      errors.map((error) => error ** 2),
      { range, name },
    ),
  );
}

/** The root keeps order, so that the bounds of the mean square become bounds of its root. */
function rootOf({ value, interval, ...rest }: Estimate): Estimate {
  const root = interval && { low: Math.sqrt(Math.max(0, interval.low)), high: Math.sqrt(interval.high) };
  return { ...rest, value: Math.sqrt(value), interval: root };
}

function estimateMedian(errors: Float64Array): Estimate {
  const method = 'order statistics';
  const estimate = { value: quantile(errors, 0.5), n: errors.length };
  const { low, high } = quantileInterval(errors, 0.5);
  return low === undefined || high === undefined
    ? { ...estimate, ...noInterval(method, `Only ${errors.length} rows: the median needs at least 5.`) }
    : { ...estimate, interval: { low, high }, method };
}

function estimateScore(sample: ScoreSample, bound: number): Estimate {
  const { scores } = sample;
  const estimate = { value: meanScore(sample), n: scores.length };
  const beyond = scores.find((score) => !(Math.abs(score) <= bound));
  if (beyond !== undefined) {
    return { ...estimate, ...noInterval('none', `The score ${beyond} lies beyond the bound of ${bound}.`) };
  }
  return { ...estimate, ...meanInterval(scores, { low: -bound, high: bound }) };
}
