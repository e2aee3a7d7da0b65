import type { MetricKey } from '../core/metric.ts';
import type { Comparison } from '../stats/compare-paired.ts';
import type { Interval } from '../stats/interval.ts';

/** The interval of a comparison where it says anything: an AUC below its guard has all that there can be, [−1, 1], and then none is told. */
export function toldInterval(key: MetricKey, { interval, reason }: Comparison): Interval | undefined {
  if (interval === undefined || key !== 'roc_auc' || reason !== 'too-few-rows') return interval;
  return interval.low <= -1 && interval.high >= 1 ? undefined : interval;
}
