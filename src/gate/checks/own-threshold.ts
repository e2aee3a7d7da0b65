import type { CheckResult } from '../../core/check.ts';
import type { MetricKey } from '../../core/metric.ts';
import type { GateFacts } from '../facts.ts';

/** Metrics of a binary task that are of decisions, and so of the threshold as much as of the model. */
const OF_DECISIONS: readonly MetricKey[] = ['accuracy', 'precision', 'recall', 'f1', 'mcc'];

/** Where nobody names a threshold: what everybody would take. */
const USUAL = 0.5;

/**
 * A gate on decisions does not pass at a threshold that the model chose for itself: one that only its own documents name, unless
 * the champion decides by the same; nor where the two decide by different ones. A threshold of the config settles it.
 */
export function heldAtOwnThreshold(check: CheckResult, facts: GateFacts): CheckResult {
  const { metric, role, outcome } = check;
  const decides = metric !== undefined && OF_DECISIONS.includes(metric);
  const binary = facts.task.known && facts.task.value === 'binary-classification';
  if (!decides || !binary || role !== 'gate' || outcome !== 'pass') return check;
  const doubt = doubtOf(facts, check.baselineName === 'champion');
  if (doubt === undefined) return check;
  return {
    ...check,
    outcome: 'hold',
    reason: 'own-threshold',
    message: `${check.message} But ${doubt}.`,
    settle: `Write the threshold that serving uses into the config: outputs: { threshold: ${facts.threshold.value} }, or another.`,
  };
}

function doubtOf(
  { threshold: own, championThreshold: theirs }: GateFacts,
  compared: boolean,
): string | undefined {
  if (own.source === 'from the config' || own.value === theirs?.value) return undefined;
  if (own.source !== 'default' && own.value !== USUAL)
    return `it decides at a threshold of ${own.value} that only its own document names (${own.source}), and no model chooses how it is examined`;
  if (!compared || theirs === undefined) return undefined;
  return `the two models decide at different thresholds, ${own.value} and the champion's ${theirs.value} (${theirs.source}), so they are not compared alike`;
}
