import type { CheckResult } from '../../core/check.ts';
import { formatMetric } from '../../core/format-metric.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS } from '../../core/metric.ts';
import { comparePaired } from '../../stats/compare-paired.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import { estimateMetric } from '../../stats/estimate-metric.ts';
import type { Interval } from '../../stats/interval.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { countOf } from '../../verdict/sentences.ts';
import { result } from '../../verdict/check-result.ts';
import type { MetricSubject } from './metric-subject.ts';

/** A metric for information, beside the champion's, with an interval where a direct method gives one. */
export function shownMetric(key: MetricKey, subject: MetricSubject): CheckResult {
  const { idPrefix, data, sample } = subject;
  const measured = computeMetric(key, sample);
  const fields = {
    id: `${idPrefix}.${key}`,
    check: 'metrics',
    role: 'inform',
    metric: key,
    subject: data.role,
    unit: METRICS[key].unit,
    n: data.rows,
  } as const;
  const rows = countOf(data.rows, 'row');
  if (!Number.isFinite(measured)) {
    const message = `${METRICS[key].name} is undefined on these ${rows}.`;
    return result({ ...fields, outcome: 'hold', reason: 'undefined', message });
  }
  const baseline = data.champion?.known ? computeMetric(key, data.champion.value.sample) : Number.NaN;
  const compared = Number.isFinite(baseline);
  const found = compared ? differenceInterval(key, subject) : valueInterval(key, subject);
  return result({
    ...fields,
    outcome: 'pass',
    reason: 'shown',
    measured,
    baseline: compared ? baseline : undefined,
    baselineName: compared ? 'champion' : undefined,
    difference: compared ? measured - baseline : undefined,
    interval: found === undefined ? undefined : [found.interval.low, found.interval.high],
    level: found === undefined ? undefined : TWO_SIDED,
    method: found?.method,
    message: `${METRICS[key].name} is ${formatMetric(key, measured)} on ${rows}${compared ? `; the champion's is ${formatMetric(key, baseline)}` : ''}.`,
  });
}

interface Found {
  interval: Interval;
  method: string;
}

/** Of the difference: where the gate compares the metric already, that check shows it. */
function differenceInterval(key: MetricKey, { data, sample, settings }: MetricSubject): Found | undefined {
  const gated = settings.metrics[key]?.maxDrop !== undefined;
  if (gated || !METRICS[key].paired || !data.champion?.known) return undefined;
  const pair = { champion: data.champion.value.sample, challenger: sample };
  const bound = settings.metrics[key]?.bound;
  const options = { margin: 0, ...clustersOf(data), ...(bound === undefined ? {} : { bound }) };
  const { interval, method } = comparePaired(key, pair, options);
  return interval === undefined ? undefined : { interval, method };
}

/** Metrics whose interval has to be resampled: a second and more on 5,000 rows, so only where a gate asks for it. */
const RESAMPLED: readonly MetricKey[] = ['average_precision', 'ece', 'mcc', 'macro_f1', 'weighted_f1', 'r2'];

function valueInterval(key: MetricKey, { data, sample, settings }: MetricSubject): Found | undefined {
  const gate = settings.metrics[key];
  const gated = gate?.min !== undefined || gate?.max !== undefined;
  if (gated || RESAMPLED.includes(key) || sample.task === 'score' || data.clusters !== undefined)
    return undefined;
  const { interval, method } = estimateMetric(key, sample, { seed: settings.seed });
  const finite = interval !== undefined && Number.isFinite(interval.low) && Number.isFinite(interval.high);
  return finite ? { interval, method } : undefined;
}

function clustersOf({ clusters }: MetricSubject['data']): { clusters?: Int32Array } {
  return clusters === undefined ? {} : { clusters };
}
