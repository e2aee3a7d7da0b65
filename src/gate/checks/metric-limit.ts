import type { CheckResult } from '../../core/check.ts';
import { formatMetric } from '../../core/format-metric.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS } from '../../core/metric.ts';
import type { Estimate } from '../../stats/estimate-metric.ts';
import { estimateMetric } from '../../stats/estimate-metric.ts';
import type { Interval } from '../../stats/interval.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import { growthByInterval, rowsNeeded } from '../../stats/rows-needed.ts';
import type { DataFacts } from '../facts.ts';
import { countOf, moreRows } from '../../verdict/sentences.ts';
import type { MetricGate } from '../../verdict/metric-gate.ts';
import { result } from '../../verdict/check-result.ts';
import type { MetricSubject } from './metric-subject.ts';

/** The floor and the ceiling of one metric, as far as the gate sets them. */
export function metricLimits(key: MetricKey, subject: MetricSubject): CheckResult[] {
  const gate = subject.settings.metrics[key];
  if (gate === undefined) return [];
  const rules = (['min', 'max'] as const).filter((rule) => gate[rule] !== undefined);
  return rules.map((rule) => limitCheck(key, { rule, value: gate[rule] ?? Number.NaN, gate }, subject));
}

interface Limit {
  rule: 'min' | 'max';
  value: number;
  gate: MetricGate;
}

function limitCheck(key: MetricKey, limit: Limit, subject: MetricSubject): CheckResult {
  const { idPrefix, data } = subject;
  const estimate = estimateOf(key, subject, limit.gate);
  const decided = decide(limit, estimate, data);
  const interval = decided.usesInterval ? estimate.interval : undefined;
  return result({
    id: `${idPrefix}.${key}.${limit.rule}`,
    check: 'metrics',
    role: 'gate',
    outcome: decided.outcome,
    reason: decided.reason,
    metric: key,
    subject: data.role,
    measured: estimate.value,
    limit: { rule: limit.rule, value: limit.value },
    unit: METRICS[key].unit,
    n: estimate.n,
    interval: interval === undefined ? undefined : finitePair(interval),
    level: interval === undefined ? undefined : TWO_SIDED,
    method: decided.usesInterval ? estimate.method : 'point',
    message: limitMessage(key, { limit, estimate, decided, rows: rowsOf(key, estimate, data) }),
    rowsNeeded: decided.rowsNeeded,
    settle: decided.settle,
  });
}

function finitePair(interval: { low: number; high: number }): [number, number] | undefined {
  return Number.isFinite(interval.low) && Number.isFinite(interval.high)
    ? [interval.low, interval.high]
    : undefined;
}

interface Decided {
  outcome: 'pass' | 'hold' | 'error' | 'fail';
  reason: string;
  usesInterval: boolean;
  settle?: string;
  rowsNeeded?: number;
}

/** fail if the point breaks the limit; pass if the one-sided bound clears it; hold between the two. */
function decide(limit: Limit, estimate: Estimate, data: DataFacts): Decided {
  const { rule, value, gate } = limit;
  if (!Number.isFinite(estimate.value) || !Number.isFinite(value)) {
    return {
      outcome: 'error',
      reason: 'undefined',
      usesInterval: false,
      settle: 'Give a test table on which the metric is defined.',
    };
  }
  const breaks = rule === 'min' ? estimate.value < value : estimate.value > value;
  if (breaks)
    return { outcome: 'fail', reason: rule === 'min' ? 'below-min' : 'above-max', usesInterval: true };
  if (gate.decide === 'point') return { outcome: 'pass', reason: 'within-limit', usesInterval: false };
  if (estimate.interval === undefined) {
    return {
      outcome: 'hold',
      reason: 'no-interval',
      usesInterval: false,
      settle: `Give more ${data.clusters === undefined ? 'rows' : 'clusters (further entities, not further rows of these)'}, or set decide: point for this metric.`,
    };
  }
  const clears = rule === 'min' ? estimate.interval.low >= value : estimate.interval.high <= value;
  return clears
    ? { outcome: 'pass', reason: 'within-limit', usesInterval: true }
    : unproved(limit, { value: estimate.value, interval: estimate.interval }, data);
}

/** A hold between limit and bound, with the rows in all that would probably lift the bound over the limit. */
function unproved(
  { rule, value: limit }: Limit,
  seen: { value: number; interval: Interval },
  { rows, clusters }: DataFacts,
): Decided {
  const side = rule === 'min' ? 'low' : 'high';
  const needed = rowsNeeded(rows, growthByInterval(seen.value, limit, { interval: seen.interval, side }));
  const hold = { outcome: 'hold', reason: 'not-proved', usesInterval: true } as const;
  return needed === undefined
    ? {
        ...hold,
        settle:
          'No number of rows would prove it at the present value: improve the model, or change the limit.',
      }
    : {
        ...hold,
        rowsNeeded: needed,
        settle: moreRows(needed, rows, { clustered: clusters !== undefined }),
      };
}

function limitMessage(
  key: MetricKey,
  { limit, estimate, decided, rows }: { limit: Limit; estimate: Estimate; decided: Decided; rows: string },
): string {
  const { name } = METRICS[key];
  const word = limit.rule === 'min' ? 'floor' : 'ceiling';
  const bound = formatMetric(key, limit.value);
  if (decided.reason === 'undefined')
    return `${name} is undefined on these ${rows}, and the gate asks for a ${word} of ${bound}.`;
  const seen = `${name} is ${formatMetric(key, estimate.value)} on ${rows}`;
  if (decided.outcome === 'fail')
    return `${seen}, ${limit.rule === 'min' ? 'below' : 'above'} the ${word} of ${bound}.`;
  if (decided.reason === 'no-interval')
    return `${seen}; whether it clears the ${word} of ${bound} is not proved: ${estimate.why ?? 'there is no interval.'}`;
  if (!decided.usesInterval || estimate.interval === undefined)
    return `${seen}; the ${word} is ${bound} (point).`;
  const edge = formatMetric(key, limit.rule === 'min' ? estimate.interval.low : estimate.interval.high);
  const verb = limit.rule === 'min' ? 'at least' : 'at most';
  const sure = isApproximate(estimate)
    ? `about ${verb} ${edge} with roughly 95 % confidence (resampled)`
    : `${verb} ${edge} with 95 % confidence`;
  return `${seen}; it is ${sure}, and the ${word} is ${bound}.`;
}

/** Resampled bounds miss more often than 5 % of the time for skewed metrics, so nobody may call them proved. */
function isApproximate({ method }: Estimate): boolean {
  return /^(bootstrap|jackknife)\b/.test(method);
}

/** Which rows a share rests on, where they are not all. */
const COUNTED: Partial<Record<MetricKey, (n: number) => string>> = {
  precision: (n) => `${countOf(n, 'row')} decided positive`,
  recall: (n) => countOf(n, 'positive row'),
  f1: (n) => `${countOf(n, 'row')} positive or decided so`,
};

function rowsOf(key: MetricKey, { n }: Estimate, data: DataFacts): string {
  const counted = n === data.rows ? undefined : COUNTED[key];
  return counted?.(n) ?? countOf(n, 'row');
}

function estimateOf(key: MetricKey, { data, sample, settings }: MetricSubject, gate: MetricGate): Estimate {
  const bound = largestOf(gate.bound);
  return estimateMetric(key, sample, {
    seed: settings.seed,
    ...(data.clusters === undefined ? {} : { clusters: data.clusters }),
    ...(bound === undefined ? {} : { bound }),
  });
}

/** The bound as one size: of a range of scores the end that is further from 0. */
function largestOf(bound: MetricGate['bound']): number | undefined {
  return typeof bound === 'object' ? Math.max(Math.abs(bound.low), Math.abs(bound.high)) : bound;
}
