import type { CheckResult } from '../../core/check.ts';
import { formatMetric } from '../../core/format-metric.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS, metricsOf } from '../../core/metric.ts';
import type { Comparison } from '../../stats/compare-paired.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import type { Estimate } from '../../stats/estimate.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { comparePairedAtEveryLook } from '../../stats/sequential/compare-paired-at-every-look.ts';
import { estimateAtEveryLook } from '../../stats/sequential/estimate-at-every-look.ts';
import { result } from '../../verdict/check-result.ts';
import { comparisonFields } from '../../verdict/comparison-fields.ts';
import { comparisonSentence, doNotShip, lossOf } from '../../verdict/comparison-sentence.ts';
import type { MetricGate } from '../../verdict/metric-gate.ts';
import { countOf } from '../../verdict/sentences.ts';
import type { MaturedRows, ShadowFacts } from '../facts.ts';
import { moreLabels } from '../more-labels.ts';
import type { ShadowSettings } from '../settings.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** The gate's metrics for both on the same matured requests: margins and limits at every look, all others shown. */
export const checkQuality: ShadowCheck = (facts, settings) => {
  const { matured } = facts;
  if (!matured.known || matured.value.n === 0) return [];
  const rows = matured.value;
  return metricsOf(facts.task).flatMap((key) => {
    const gate = settings.metrics[key];
    const compared = gate?.maxDrop !== undefined && gate.compare !== 'off';
    return [
      ...(compared ? [comparison(key, gate, { rows, facts, settings })] : []),
      ...(['min', 'max'] as const).flatMap((rule) => limit(key, rule, { gate, rows, facts, settings })),
      ...(compared ? [] : [shown(key, rows)]),
    ];
  });
};

interface Subject {
  rows: MaturedRows;
  facts: ShadowFacts;
  settings: ShadowSettings;
}

function comparison(key: MetricKey, gate: MetricGate, { rows, facts, settings }: Subject): CheckResult {
  const margin = gate.maxDrop ?? 0;
  const compared = comparePairedAtEveryLook(key, rows, {
    margin,
    planned: settings.plannedLabels,
    ...(gate.bound === undefined ? {} : { bound: gate.bound }),
  });
  const told = { rival: 'champion', clustered: false, gate, margin, comparison: compared } as const;
  const needed = rowsFor(key, compared, margin);
  return result({
    id: `champion.${key}`,
    check: 'champion',
    role: 'gate',
    outcome: compared.decision,
    reason: compared.reason,
    ...comparisonFields(key, compared, told),
    rowsNeeded: needed,
    message: comparisonSentence(key, told),
    settle: settleOf(key, compared, needed === undefined ? undefined : moreLabels(needed, compared.n, facts)),
  });
}

function rowsFor(key: MetricKey, compared: Comparison, margin: number): number | undefined {
  return lossOf(key, compared.challenger, compared.champion) > margin ? undefined : compared.rowsNeeded;
}

function settleOf(
  key: MetricKey,
  { decision, reason }: Comparison,
  more: string | undefined,
): string | undefined {
  if (decision === 'pass') return undefined;
  if (decision === 'fail') return doNotShip(key, 'champion');
  if (reason === 'not-comparable')
    return 'Limit another metric: this one has no interval that is valid at every look.';
  if (reason === 'no-bound') return 'Set bound: to the largest loss of a single request that counts.';
  return (
    more ??
    'At the present difference no number of requests would prove it: improve the model, or widen the margin if that loss is acceptable.'
  );
}

function limit(
  key: MetricKey,
  rule: 'min' | 'max',
  { gate, rows, settings }: Subject & { gate: MetricGate | undefined },
): CheckResult[] {
  const value = gate?.[rule];
  if (gate === undefined || value === undefined) return [];
  const bound =
    typeof gate.bound === 'object'
      ? Math.max(Math.abs(gate.bound.low), Math.abs(gate.bound.high))
      : gate.bound;
  const estimate = estimateAtEveryLook(key, rows.challenger, {
    planned: settings.plannedLabels,
    ...(bound === undefined ? {} : { bound }),
  });
  const outcome = decide(rule, value, { estimate, byPoint: gate.decide === 'point' });
  const { interval } = estimate;
  return [
    result({
      id: `metrics.${key}.${rule}`,
      check: 'metrics',
      role: 'gate',
      outcome,
      reason: REASONS[outcome],
      metric: key,
      measured: estimate.value,
      limit: { rule, value },
      unit: METRICS[key].unit,
      n: estimate.n,
      interval: interval === undefined ? undefined : [interval.low, interval.high],
      level: interval === undefined ? undefined : TWO_SIDED,
      method: gate.decide === 'point' ? 'point' : estimate.method,
      message: limitMessage(key, rule, { value, estimate }),
      settle: outcome === 'pass' ? undefined : limitSettle(outcome, estimate),
    }),
  ];
}

const REASONS = {
  pass: 'within-limit',
  hold: 'not-proved',
  error: 'undefined',
  fail: 'beyond-limit',
} as const;

function decide(
  rule: 'min' | 'max',
  limit: number,
  { estimate, byPoint }: { estimate: Estimate; byPoint: boolean },
): keyof typeof REASONS {
  const { value, interval } = estimate;
  if (!Number.isFinite(value)) return 'error';
  const kept = rule === 'min' ? value >= limit : value <= limit;
  if (byPoint) return kept ? 'pass' : 'fail';
  if (interval === undefined) return 'hold';
  if (rule === 'min' ? interval.low >= limit : interval.high <= limit) return 'pass';
  return (rule === 'min' ? interval.high < limit : interval.low > limit) ? 'fail' : 'hold';
}

function limitMessage(
  key: MetricKey,
  rule: 'min' | 'max',
  { value, estimate }: { value: number; estimate: Estimate },
): string {
  const word = rule === 'min' ? 'floor' : 'ceiling';
  const seen = `${METRICS[key].name} is ${formatMetric(key, estimate.value)} on ${countOf(estimate.n, 'labelled request')}`;
  const asked = `the ${word} is ${formatMetric(key, value)}`;
  if (estimate.interval === undefined)
    return `${seen}; ${asked}, and no bound can be given: ${estimate.why ?? 'too few requests.'}`;
  const { low, high } = estimate.interval;
  return `${seen}, between ${formatMetric(key, low)} and ${formatMetric(key, high)} with 90 % confidence at every look; ${asked}.`;
}

function limitSettle(outcome: 'hold' | 'error' | 'fail', { why }: Estimate): string {
  if (outcome === 'fail') return 'Improve the model, or change the limit.';
  if (outcome === 'error') return 'Wait for labels of both classes.';
  return why === undefined
    ? 'Wait for more labelled requests.'
    : 'Wait for more labelled requests, or set decide: point for this metric.';
}

function shown(key: MetricKey, { champion, challenger, n }: MaturedRows): CheckResult {
  const [theirs, ours] = [computeMetric(key, champion), computeMetric(key, challenger)];
  const { name, unit } = METRICS[key];
  const seen = Number.isFinite(ours)
    ? `${name} is ${formatMetric(key, ours)}, the champion’s ${formatMetric(key, theirs)}, on ${countOf(n, 'labelled request')}.`
    : `${name} is undefined on ${countOf(n, 'labelled request')}.`;
  return result({
    id: `metrics.${key}`,
    check: 'metrics',
    role: 'inform',
    outcome: 'pass',
    reason: 'shown',
    metric: key,
    measured: ours,
    baseline: theirs,
    baselineName: 'champion',
    difference: ours - theirs,
    unit,
    n,
    message: seen,
  });
}
