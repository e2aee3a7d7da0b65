import type { CheckResult } from '../../core/check.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS } from '../../core/metric.ts';
import { result } from '../../verdict/check-result.ts';

/** The champion was asked for and could not be had: that holds, and says how to get one. */
export function noRival(
  id: string,
  metric: MetricKey,
  { why, settle }: { why: string; settle?: string },
): CheckResult {
  return held(id, metric, {
    message: `${METRICS[metric].name} could not be compared with the champion: ${why}`,
    settle:
      settle ??
      'Name the champion (baseline: { path: … }, or --against); for a first release say baseline: none.',
  });
}

/** A constant has no bias and no calibration error, and often no precision: beating it there, or not, says nothing. */
export function naiveIsNoRival(id: string, metric: MetricKey): CheckResult {
  return held(id, metric, {
    message: `${METRICS[metric].name} was not compared: there is no champion, and the naive predictor is no rival for this metric.`,
    settle: 'Name a champion, or limit the metric by min or max instead of max_drop for a first release.',
  });
}

function held(id: string, metric: MetricKey, told: { message: string; settle: string }): CheckResult {
  return result({
    id,
    check: 'champion',
    role: 'gate',
    outcome: 'hold',
    reason: 'no-champion',
    metric,
    ...told,
  });
}
