import { defaultGates } from '../../gate/default-gates.ts';
import type { ShadowFacts } from '../../shadow/facts.ts';
import type { ShadowSettings } from '../../shadow/settings.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** Where nobody configured metrics: the gate's margins by the task, and the sentence that says so. */
export function defaultMetrics(
  { settings, defaultMetrics }: ShadowRequest,
  facts: ShadowFacts,
): { settings: ShadowSettings; assumption: readonly string[] } {
  if (!defaultMetrics || !facts.matured.known || facts.matured.value.n === 0)
    return { settings, assumption: [] };
  const { champion } = facts.matured.value;
  const scale = champion.task === 'regression' ? computeMetric('mae', champion) : 1;
  const range =
    champion.task === 'regression'
      ? rangeOf(champion.labels)
      : isShares(facts)
        ? { low: 0, high: 1 }
        : undefined;
  const { metrics, assumption } = defaultGates(facts.task, { scale, range });
  return { settings: { ...settings, metrics }, assumption: [assumption] };
}

/** Scores of items are taken to be shares where all of them lie in [0, 1]. */
function isShares({ scored: { champion, challenger } }: ShadowFacts): boolean {
  return [champion, challenger].every((scores) => scores.every((score) => score >= 0 && score <= 1));
}

function rangeOf(labels: Float64Array): { low: number; high: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const label of labels) {
    if (label < low) low = label;
    if (label > high) high = label;
  }
  return { low, high };
}
