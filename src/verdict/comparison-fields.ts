import type { CheckResult } from '../core/check.ts';
import type { MetricKey } from '../core/metric.ts';
import { METRICS } from '../core/metric.ts';
import type { Comparison } from '../stats/compare-paired.ts';
import { TWO_SIDED } from '../stats/interval.ts';
import type { RivalKind } from './comparison-sentence.ts';
import { toldInterval } from './told-interval.ts';

/** Whom a comparison was made with, and the loss that was allowed. */
export interface ComparedWith {
  rival: RivalKind;
  margin: number;
}

/** What every result of a comparison has of it, whoever decides and whatever is said: both values, their difference with its interval, the margin, the rows. */
export function comparisonFields(
  key: MetricKey,
  comparison: Comparison,
  { rival, margin }: ComparedWith,
): Pick<CheckResult, 'metric' | 'limit' | 'baselineName' | 'unit' | 'n' | 'method'> & {
  [K in 'measured' | 'baseline' | 'difference' | 'level']: number | undefined;
} & { interval: [number, number] | undefined } {
  const interval = toldInterval(key, comparison);
  return {
    metric: key,
    measured: comparison.challenger,
    baseline: comparison.champion,
    baselineName: rival,
    difference: comparison.difference,
    interval: interval === undefined ? undefined : [interval.low, interval.high],
    level: interval === undefined ? undefined : TWO_SIDED,
    limit: { rule: 'max_drop', value: margin },
    unit: METRICS[key].unit,
    n: comparison.n,
    method: comparison.method,
  };
}
