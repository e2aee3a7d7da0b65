import type { CheckResult } from '../../core/check.ts';
import type { MetricKey } from '../../core/metric.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import type { Doubt } from './doubt.ts';
import { heldBy } from './doubt.ts';
import { guessedPositive } from './guessed-positive.ts';
import { ownThreshold } from './own-threshold.ts';

/** What the metric is measured on, and whether the champion is measured beside it. */
export interface Measurement {
  facts: GateFacts;
  data: DataFacts;
  compared: boolean;
}

/** The first doubt about a metric of decisions: the positive class was guessed, or the threshold is the model's own. */
export function doubtOf(metric: MetricKey, { facts, data, compared }: Measurement): Doubt | undefined {
  return guessedPositive(metric, data, facts) ?? ownThreshold(metric, facts, compared);
}

/** A gate on decisions decides only where class and threshold are somebody's word. */
export function heldByDoubt(check: CheckResult, { facts, data }: Omit<Measurement, 'compared'>): CheckResult {
  const compared = check.baselineName === 'champion';
  return check.metric === undefined ? check : heldBy(check, doubtOf(check.metric, { facts, data, compared }));
}
