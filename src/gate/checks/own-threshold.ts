import type { MetricKey } from '../../core/metric.ts';
import type { GateFacts } from '../facts.ts';
import type { Doubt } from './doubt.ts';

/** Metrics of a binary task that are of decisions, and so of the threshold as much as of the model. */
const OF_DECISIONS: readonly MetricKey[] = ['accuracy', 'precision', 'recall', 'f1', 'mcc'];

/** Where nobody names a threshold: what everybody would take. */
export const USUAL_THRESHOLD = 0.5;

/**
 * The doubt about a gate on decisions at a threshold that the model chose for itself: one that only its own documents name, unless
 * the champion decides by the same; or where the two decide by different ones. A threshold of the config settles it.
 */
export function ownThreshold(metric: MetricKey, facts: GateFacts, compared: boolean): Doubt | undefined {
  const binary = facts.task.known && facts.task.value === 'binary-classification';
  if (!binary || !OF_DECISIONS.includes(metric)) return undefined;
  const why = reasonOf(facts, compared);
  if (why === undefined) return undefined;
  const settle = `Write the threshold that serving uses into the config: outputs: { threshold: ${facts.threshold.value} }, or another.`;
  return { reason: 'own-threshold', why, settle, evenFails: false };
}

function reasonOf(
  { threshold: own, championThreshold: theirs }: GateFacts,
  compared: boolean,
): string | undefined {
  if (own.source === 'from the config' || own.value === theirs?.value) return undefined;
  if (own.source !== 'default' && own.value !== USUAL_THRESHOLD)
    return `it decides at a threshold of ${own.value} that only its own document names (${own.source}), and no model chooses how it is examined`;
  if (!compared || theirs === undefined) return undefined;
  return `the two models decide at different thresholds, ${own.value} and the champion's ${theirs.value} (${theirs.source}), so they are not compared alike`;
}
