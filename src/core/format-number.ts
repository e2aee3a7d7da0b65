import type { MetricKey } from './metric.ts';
import { METRICS } from './metric.ts';

/** A number with `digits` significant digits, never in scientific notation between 1e-4 and 1e9; `-0` becomes `0`. */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (size < -5 || size >= 9) return value.toExponential(Math.max(0, digits - 1)).replace('e+', 'e');
  const decimals = Math.min(12, Math.max(0, digits - 1 - size));
  return value.toLocaleString('en-US', { minimumFractionDigits: 0, maximumFractionDigits: decimals });
}

/** A metric's value: shares and scores with four decimals (`0.7930`), label units and nats with four digits. */
export function formatMetric(key: MetricKey, value: number): string {
  const { unit } = METRICS[key];
  return unit === 'share' || unit === 'score' ? value.toFixed(4) : formatNumber(value);
}

/** A difference of two values of a metric, without a sign of its own when positive: shares in points (`3.17 points`), others in their unit. */
export function formatDifference(key: MetricKey, difference: number): string {
  if (METRICS[key].unit !== 'share') return formatNumber(difference, 3);
  const points = formatNumber(difference * 100, Math.abs(difference) >= 0.1 ? 4 : 3);
  return `${points} ${points === '1' ? 'point' : 'points'}`;
}
