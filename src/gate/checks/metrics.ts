import type { CheckResult } from '../../core/check.ts';
import { METRIC_KEYS, METRICS, metricsOf } from '../../core/metric.ts';
import type { DataFacts } from '../facts.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';
import { heldByDoubt } from './held-by-doubt.ts';
import { metricLimits } from './metric-limit.ts';
import type { MetricSubject } from './metric-subject.ts';
import { shownMetric } from './shown-metric.ts';

/** Floors and ceilings of the metrics measured here; metrics without a limit are shown with what they measured. */
export const checkMetrics: Check = (facts, settings) =>
  facts.data.flatMap((data) => {
    const idPrefix = data.role === 'frozen' ? 'metrics.frozen' : 'metrics';
    if (!data.challenger.known) return [notMeasured(idPrefix, data, data.challenger.why)];
    const { sample } = data.challenger.value;
    const shown = metricsOf(sample.task).map((key) => shownMetric(key, { idPrefix, data, sample, settings }));
    const gated = metricsOf(sample.task).flatMap((key) =>
      metricLimits(key, { idPrefix, data, sample, settings }).map((check) =>
        heldByDoubt(check, { facts, data }),
      ),
    );
    return [...gated, ...strangers(idPrefix, data, { sample, settings }), ...shown];
  });

/** A limit on a metric that the task does not have must not vanish. */
function strangers(
  idPrefix: string,
  data: DataFacts,
  { sample, settings }: Pick<MetricSubject, 'sample' | 'settings'>,
): CheckResult[] {
  const own = metricsOf(sample.task);
  return METRIC_KEYS.filter((key) => settings.metrics[key] !== undefined && !own.includes(key)).map(
    (metric) =>
      result({
        id: `${idPrefix}.${metric}`,
        check: 'metrics',
        role: 'gate',
        outcome: 'error',
        reason: 'not-of-task',
        metric,
        subject: data.role,
        message: `${METRICS[metric].name} is limited, and ${sample.task} does not have it.`,
        settle: `Limit one of ${own.join(', ')}, or correct the task.`,
      }),
  );
}

function notMeasured(id: string, data: DataFacts, why: string): CheckResult {
  return result({
    id,
    check: 'metrics',
    role: 'gate',
    outcome: 'error',
    reason: 'not-measured',
    subject: data.role,
    n: data.rows,
    message: `Nothing was measured on ${JSON.stringify(data.path)}: ${why}`,
    settle: 'Fix what stopped the measurement, then run the gate again.',
  });
}
