import type { MetricKey } from '../../core/metric.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { isUsualPair } from '../mapping/class-map.ts';
import { quote } from '../../verdict/sentences.ts';
import type { Doubt } from './doubt.ts';
import { USUAL_THRESHOLD } from './own-threshold.ts';

/** Metrics that look at one class, and are other numbers for the other one. */
const OF_POSITIVE: readonly MetricKey[] = ['average_precision', 'precision', 'recall', 'f1'];

/** Metrics that are the same for both classes only where the threshold is one half. */
const OF_THRESHOLD: readonly MetricKey[] = ['accuracy', 'mcc'];

/** The doubt about a gate that depends on which class is the positive one, where nobody named it and its name does not say it. */
export function guessedPositive(
  metric: MetricKey,
  { scheme }: DataFacts,
  { threshold, championThreshold }: GateFacts,
): Doubt | undefined {
  if (!scheme.known || scheme.value.task !== 'binary-classification') return undefined;
  const { negative, positive, positiveNamed } = scheme.value;
  if (positiveNamed === true || isUsualPair(negative, positive)) return undefined;
  const uneven = [threshold, championThreshold ?? threshold].some(({ value }) => value !== USUAL_THRESHOLD);
  if (!OF_POSITIVE.includes(metric) && !(uneven && OF_THRESHOLD.includes(metric))) return undefined;
  const [yes, no] = [positive, negative].map((name) => JSON.stringify(name));
  return {
    reason: 'positive-guessed',
    why: `that depends on which class is the positive one, and nobody named it (${quote(positive)} was taken, not ${quote(negative)})`,
    settle: `Name the positive class: --positive ${yes} (or ${no}), or outputs: { positive: ${yes} } in the config.`,
    evenFails: true,
  };
}
