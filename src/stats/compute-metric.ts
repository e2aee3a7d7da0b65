import { KnownGoodError } from '../core/errors.ts';
import type { MetricKey } from '../core/metric.ts';
import type { BinarySample, MulticlassSample, RegressionSample, Sample, ScoreSample } from '../core/task.ts';
import { accuracy } from './accuracy.ts';
import { averagePrecision } from './average-precision.ts';
import { bias } from './bias.ts';
import { brier } from './brier.ts';
import { calibrationError } from './calibration.ts';
import { confusion } from './confusion.ts';
import { f1 } from './f1.ts';
import { logLoss } from './log-loss.ts';
import { macroF1 } from './macro-f1.ts';
import { mae } from './mae.ts';
import { maxError } from './max-error.ts';
import { mcc } from './mcc.ts';
import { meanScore } from './mean-score.ts';
import { medianError } from './median-error.ts';
import { precision } from './precision.ts';
import { r2 } from './r2.ts';
import { recall } from './recall.ts';
import { rmse } from './rmse.ts';
import { rocAuc } from './roc-auc.ts';
import { weightedF1 } from './weighted-f1.ts';

type MetricsOf<S> = Partial<Record<MetricKey, (sample: S) => number>>;

const PROBABILITY = { log_loss: logLoss, brier, ece: calibrationError, accuracy };

const BINARY: MetricsOf<BinarySample> = {
  ...PROBABILITY,
  roc_auc: ({ labels, scores }) => rocAuc(labels, scores),
  average_precision: ({ labels, scores }) => averagePrecision(labels, scores),
  precision: (sample) => precision(confusion(sample)),
  recall: (sample) => recall(confusion(sample)),
  f1: (sample) => f1(confusion(sample)),
  mcc: (sample) => mcc(confusion(sample)),
};

const MULTICLASS: MetricsOf<MulticlassSample> = {
  ...PROBABILITY,
  macro_f1: macroF1,
  weighted_f1: weightedF1,
};

const REGRESSION: MetricsOf<RegressionSample> = {
  mae,
  rmse,
  r2,
  bias,
  median_error: medianError,
  max_error: maxError,
};

const SCORE: MetricsOf<ScoreSample> = { mean_score: meanScore };

/** One metric of a sample, in the metric's unit; NaN where it is undefined. Throws `internal` for a metric that the task does not have. */
export function computeMetric(key: MetricKey, sample: Sample): number {
  switch (sample.task) {
    case 'binary-classification':
      return known(BINARY[key], key, sample)(sample);
    case 'multiclass-classification':
      return known(MULTICLASS[key], key, sample)(sample);
    case 'regression':
      return known(REGRESSION[key], key, sample)(sample);
    case 'score':
      return known(SCORE[key], key, sample)(sample);
  }
}

function known<M>(metric: M | undefined, key: MetricKey, sample: Sample): M {
  if (metric !== undefined) return metric;
  throw new KnownGoodError(
    'internal',
    `The metric ${key} was asked of a ${sample.task} sample, which does not have it.`,
  );
}
