import { formatMagnitude, formatValue } from './format-number.ts';
import type { MetricKey } from './metric.ts';
import { METRICS } from './metric.ts';

/** A metric's value as tables show it: `0.7930`, `20.63`. */
export function formatMetric(key: MetricKey, value: number): string {
  return formatValue(value, { unit: METRICS[key].unit });
}

/** The size of a difference of a metric as tables show it, without a sign: `3.16 points`, `20.23`. */
export function formatMetricDifference(key: MetricKey, difference: number): string {
  return formatMagnitude(difference, { unit: METRICS[key].unit });
}
