import type { MetricKey } from '../core/metric.ts';
import type { Range } from './betting.ts';
import { computeMetric } from './compute-metric.ts';
import type { BinarySample, MulticlassSample, RegressionSample, Sample, ScoreSample } from '../core/task.ts';
import { perRowBrier } from './brier.ts';
import { type Estimate, noInterval } from './estimate.ts';
import { estimateAuc } from './estimate-auc.ts';
import { estimateBoundedMean } from './estimate-mean.ts';
import {
  estimateAccuracy,
  estimateF1,
  estimatePrecision,
  estimateRecall,
  exactBounds,
  type ShareBounds,
} from './estimate-share.ts';
import { perRowLogLoss } from './log-loss.ts';
import { LOG_LOSS_BOUND } from './paired-losses.ts';
import { absoluteErrors } from './mae.ts';
import { maxError } from './max-error.ts';
import { meanInterval } from './mean-interval.ts';
import { meanScore } from './mean-score.ts';
import { quantile, quantileInterval, type QuantileInterval } from './quantile.ts';

/** The intervals that estimates are made of. */
export interface Intervals {
  auc(sample: BinarySample): Estimate;
  share: ShareBounds;
  /** Of values that lie in the range, and how it was made. */
  mean: typeof meanInterval;
  /** Of the median of ascending values. */
  median(sorted: Float64Array): QuantileInterval;
}

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
  return estimateBy(intervalsOfOneLook(clustered), key, { sample, bound });
}

/** The same by other intervals. */
export function estimateBy(
  intervals: Intervals,
  key: MetricKey,
  { sample, bound }: { sample: Sample; bound?: number | Range | undefined },
): Estimate | undefined {
  const most = typeof bound === 'object' ? bound.high : bound;
  switch (sample.task) {
    case 'binary-classification':
      if (key === 'roc_auc') return intervals.auc(sample);
      return (
        directShare(key, sample, intervals.share) ??
        directProbability(intervals, key, { sample, bound: most })
      );
    case 'multiclass-classification':
      return directProbability(intervals, key, { sample, bound: most });
    case 'regression':
      return directRegression(intervals, key, { sample, bound: most });
    case 'score':
      return bound === undefined ? undefined : estimateScore(sample, bound, intervals.mean);
  }
}

function intervalsOfOneLook(clustered: boolean): Intervals {
  return {
    auc: (sample) => estimateAuc(sample, { clustered }),
    share: exactBounds,
    mean: meanInterval,
    median: (sorted) => quantileInterval(sorted, 0.5),
  };
}

function directShare(key: MetricKey, sample: BinarySample, bounds: ShareBounds): Estimate | undefined {
  if (key === 'precision') return estimatePrecision(sample, bounds);
  if (key === 'recall') return estimateRecall(sample, bounds);
  return key === 'f1' ? estimateF1(sample, bounds) : undefined;
}

function directProbability(
  { share, mean }: Intervals,
  key: MetricKey,
  { sample, bound = LOG_LOSS_BOUND }: { sample: BinarySample | MulticlassSample; bound: number | undefined },
): Estimate | undefined {
  if (key === 'accuracy') return estimateAccuracy(sample, share);
  if (key === 'brier')
    return estimateBoundedMean(perRowBrier(sample), { range: { low: 0, high: 1 }, name: '1' }, mean);
  if (key !== 'log_loss') return undefined;
  const range = { low: 0, high: bound };
  return estimateBoundedMean(
    perRowLogLoss(sample),
    { range, name: `${Number(bound.toPrecision(4))} nats` },
    mean,
  );
}

function directRegression(
  { mean, median }: Intervals,
  key: MetricKey,
  { sample, bound }: { sample: RegressionSample; bound: number | undefined },
): Estimate | undefined {
  if (key === 'median_error') return estimateMedian(absoluteErrors(sample).sort(), median);
  if (key === 'max_error') {
    const why = 'Rows not seen may hold larger errors: no sample bounds the largest one.';
    return { value: maxError(sample), n: sample.labels.length, ...noInterval('none', why) };
  }
  if (bound === undefined && ['mae', 'rmse', 'bias'].includes(key)) {
    const why =
      'a single error has no bound of its own, and a sample is none: set bound to the largest error that there can be.';
    return { value: computeMetric(key, sample), n: sample.labels.length, ...noInterval('none', why) };
  }
  return bound === undefined ? undefined : meanOfErrors(key, sample, { largest: bound, mean });
}

function meanOfErrors(
  key: MetricKey,
  sample: RegressionSample,
  { largest, mean }: { largest: number; mean: Intervals['mean'] },
): Estimate | undefined {
  const { labels, predictions } = sample;
  const name = `an error of ${largest}`;
  const errors = labels.map((label, row) => (predictions[row] ?? NaN) - label);
  if (key === 'bias')
    return estimateBoundedMean(errors, { range: { low: -largest, high: largest }, name }, mean);
  if (key === 'mae')
    return estimateBoundedMean(errors.map(Math.abs), { range: { low: 0, high: largest }, name }, mean);
  if (key !== 'rmse') return undefined;
  const range = { low: 0, high: largest ** 2 };
  return rootOf(
    estimateBoundedMean(
      errors.map((error) => error ** 2),
      { range, name },
      mean,
    ),
  );
}

/** The root keeps order, so that the bounds of the mean square become bounds of its root. */
function rootOf({ value, interval, ...rest }: Estimate): Estimate {
  const root = interval && { low: Math.sqrt(Math.max(0, interval.low)), high: Math.sqrt(interval.high) };
  return { ...rest, value: Math.sqrt(value), interval: root };
}

function estimateMedian(errors: Float64Array, intervalOf: Intervals['median']): Estimate {
  const method = 'order statistics';
  const estimate = { value: quantile(errors, 0.5), n: errors.length };
  const { low, high } = intervalOf(errors);
  return low === undefined || high === undefined
    ? { ...estimate, ...noInterval(method, `Only ${errors.length} rows: the median needs at least 5.`) }
    : { ...estimate, interval: { low, high }, method };
}

function estimateScore(sample: ScoreSample, bound: number | Range, intervalOf: Intervals['mean']): Estimate {
  const { scores } = sample;
  const estimate = { value: meanScore(sample), n: scores.length };
  const range = typeof bound === 'object' ? bound : { low: -bound, high: bound };
  const beyond = scores.find((score) => !(score >= range.low && score <= range.high));
  if (beyond !== undefined) {
    const named = typeof bound === 'object' ? `range [${bound.low}, ${bound.high}]` : `bound of ${bound}`;
    return { ...estimate, ...noInterval('none', `The score ${beyond} lies beyond the ${named}.`) };
  }
  return { ...estimate, ...intervalOf(scores, range) };
}
