import type { CheckResult } from '../../core/check.ts';
import { formatMetric } from '../../core/format-metric.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS } from '../../core/metric.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import type { MetricGate } from '../../verdict/metric-gate.ts';
import { result } from '../../verdict/check-result.ts';
import { doNotShip, lossOf, marginOf } from '../../verdict/comparison-sentence.ts';
import type { Duel } from './duel.ts';

/** Differences of decimal numbers carry binary dust: 0.80 − 0.79 is a little more than 0.01. */
const DUST = 1e-12;

/** `decide: point`: the measured values alone, at the margin a pass; what is undefined is an error. */
export function compareByPoints(key: MetricKey, gate: MetricGate, duel: Duel): CheckResult {
  const { id, data, sample, rival } = duel;
  const margin = marginOf(gate, rival.kind);
  const [ours, theirs] = [computeMetric(key, sample), computeMetric(key, rival.sample)];
  const loss = lossOf(key, ours, theirs);
  const shared = {
    id,
    check: 'champion',
    role: 'gate',
    metric: key,
    subject: data.role,
    measured: ours,
    baseline: theirs,
    baselineName: rival.kind,
    difference: ours - theirs,
    limit: { rule: 'max_drop', value: margin },
    unit: METRICS[key].unit,
    n: data.rows,
    method: 'point',
  } as const;
  if (!Number.isFinite(loss))
    return result({
      ...shared,
      outcome: 'error',
      reason: 'undefined',
      message: `${METRICS[key].name} is undefined on these rows.`,
      settle: 'Give a test table on which the metric is defined.',
    });
  const within = loss <= margin + DUST * Math.max(1, Math.abs(theirs));
  return result({
    ...shared,
    outcome: within ? 'pass' : 'fail',
    reason: within ? 'within-margin' : 'beyond-margin',
    message: `${METRICS[key].name} is ${formatMetric(key, ours)} against the ${rival.kind}'s ${formatMetric(key, theirs)} (points, no interval); the margin is ${formatMetric(key, margin)}.`,
    settle: within ? undefined : doNotShip(key, rival.kind),
  });
}
