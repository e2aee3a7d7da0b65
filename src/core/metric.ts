import type { Task } from './task.ts';

/** The metric keys of configs, manifests and verdicts. */
export const METRIC_KEYS = [
  'roc_auc',
  'average_precision',
  'log_loss',
  'brier',
  'ece',
  'accuracy',
  'precision',
  'recall',
  'f1',
  'mcc',
  'macro_f1',
  'weighted_f1',
  'mae',
  'rmse',
  'r2',
  'bias',
  'median_error',
  'max_error',
  'mean_score',
] as const;

export type MetricKey = (typeof METRIC_KEYS)[number];

export interface MetricInfo {
  /** As a person writes it: `ROC-AUC`. */
  name: string;
  /** `higher` or `lower` is better; `zero`: the closer to zero the better (bias). */
  better: 'higher' | 'lower' | 'zero';
  tasks: readonly Task[];
  /** `share` is in [0, 1] and shown as points; `label` has the unit of the label; `nats`, `score` as they are. */
  unit: 'share' | 'label' | 'nats' | 'score';
  /** Whether "not worse than the champion" can be proved: a paired interval with a known error rate exists. */
  paired: boolean;
}

const binary = ['binary-classification'] as const;
const multiclass = ['multiclass-classification'] as const;
const classification = ['binary-classification', 'multiclass-classification'] as const;
const regression = ['regression'] as const;

/** Every metric, its direction and where it applies (DESIGN of the gate: names, tasks and units). */
export const METRICS: Readonly<Record<MetricKey, MetricInfo>> = {
  roc_auc: { name: 'ROC-AUC', better: 'higher', tasks: binary, unit: 'share', paired: true },
  average_precision: {
    name: 'Average precision',
    better: 'higher',
    tasks: binary,
    unit: 'share',
    paired: false,
  },
  log_loss: { name: 'Log loss', better: 'lower', tasks: classification, unit: 'nats', paired: true },
  brier: { name: 'Brier score', better: 'lower', tasks: classification, unit: 'share', paired: true },
  ece: {
    name: 'Calibration error (ECE)',
    better: 'lower',
    tasks: classification,
    unit: 'share',
    paired: false,
  },
  accuracy: { name: 'Accuracy', better: 'higher', tasks: classification, unit: 'share', paired: true },
  precision: { name: 'Precision', better: 'higher', tasks: binary, unit: 'share', paired: false },
  recall: { name: 'Recall', better: 'higher', tasks: binary, unit: 'share', paired: false },
  f1: { name: 'F1', better: 'higher', tasks: binary, unit: 'share', paired: false },
  mcc: { name: 'Matthews correlation', better: 'higher', tasks: binary, unit: 'score', paired: false },
  macro_f1: { name: 'Macro F1', better: 'higher', tasks: multiclass, unit: 'share', paired: false },
  weighted_f1: { name: 'Weighted F1', better: 'higher', tasks: multiclass, unit: 'share', paired: false },
  mae: { name: 'Mean absolute error', better: 'lower', tasks: regression, unit: 'label', paired: true },
  rmse: { name: 'Root mean squared error', better: 'lower', tasks: regression, unit: 'label', paired: false },
  r2: { name: 'R²', better: 'higher', tasks: regression, unit: 'score', paired: false },
  bias: { name: 'Bias (mean error)', better: 'zero', tasks: regression, unit: 'label', paired: false },
  median_error: {
    name: 'Median absolute error',
    better: 'lower',
    tasks: regression,
    unit: 'label',
    paired: false,
  },
  max_error: {
    name: 'Largest absolute error',
    better: 'lower',
    tasks: regression,
    unit: 'label',
    paired: false,
  },
  mean_score: { name: 'Mean score', better: 'higher', tasks: ['score'], unit: 'score', paired: true },
};

/** The metrics of a task, in the order in which they are shown. */
export function metricsOf(task: Task): MetricKey[] {
  return METRIC_KEYS.filter((key) => METRICS[key].tasks.includes(task));
}
