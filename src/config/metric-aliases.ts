import { METRIC_KEYS, type MetricKey } from '../core/metric.ts';

/** Other names of the metrics, as common tools write them. */
export const METRIC_ALIASES: Readonly<Record<string, MetricKey>> = {
  auc: 'roc_auc',
  auroc: 'roc_auc',
  pr_auc: 'average_precision',
  auprc: 'average_precision',
  ap: 'average_precision',
  logloss: 'log_loss',
  brier_score: 'brier',
  f1_score: 'f1',
  mean_absolute_error: 'mae',
  root_mean_squared_error: 'rmse',
  r2_score: 'r2',
};

/** The metric of a key or of an alias; `undefined` when there is none. */
export function metricNamed(name: string): MetricKey | undefined {
  const alias = Object.hasOwn(METRIC_ALIASES, name) ? METRIC_ALIASES[name] : undefined;
  return METRIC_KEYS.find((key) => key === name) ?? alias;
}
