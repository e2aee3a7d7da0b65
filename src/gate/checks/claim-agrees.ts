import type { MetricKey } from '../../core/metric.ts';
import { METRICS } from '../../core/metric.ts';
import type { Sample } from '../../core/task.ts';
import { computeMetric } from '../../stats/compute-metric.ts';

/** A metric that the pipeline claims, beside the one measured here. */
export interface Claim {
  key: MetricKey;
  claimed: number;
  /** NaN where the metric is undefined on these rows. */
  measured: number;
}

/** Differences of decimal numbers carry binary dust: 0.791 − 0.79 is a little more than 0.001. */
const DUST = 1e-12;

/**
 * Whether a claim is within the tolerance of the measurement: absolute, but for metrics in the label's unit a share of the
 * measured value, and for the bias, which may be 0, of the measured mean absolute error. Never where either is not a number.
 */
export function claimAgrees({ key, claimed, measured }: Claim, sample: Sample, tolerance: number): boolean {
  const allowed = tolerance * scaleOf({ key, measured }, sample);
  return Math.abs(claimed - measured) <= allowed + DUST * Math.max(1, Math.abs(measured));
}

function scaleOf({ key, measured }: Pick<Claim, 'key' | 'measured'>, sample: Sample): number {
  if (METRICS[key].unit !== 'label') return 1;
  return key === 'bias' ? computeMetric('mae', sample) : Math.abs(measured);
}
