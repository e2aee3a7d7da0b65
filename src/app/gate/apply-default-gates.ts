import { defaultGates } from '../../gate/default-gates.ts';
import type { GateFacts } from '../../gate/facts.ts';
import type { GateSettings } from '../../gate/settings.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import type { GateRequest } from './gate-request.ts';

/** Where nobody configured gates: margins by the task, against the champion if there is one, else against the naive predictor. */
export function applyDefaultGates(
  request: GateRequest,
  facts: GateFacts,
): { settings: GateSettings; assumptions: string[] } {
  if (!request.defaultGates || !facts.task.known) return { settings: request.settings, assumptions: [] };
  const task = facts.task.value;
  const { metrics, assumption } = defaultGates(task, { scale: scaleOf(facts), range: rangeOf(facts) });
  const compared = facts.noChampion?.asked === true || facts.data.some((data) => data.champion !== undefined);
  const rival = compared
    ? assumption
    : 'compared with the naive predictor, which it must be proved to beat (no champion was named)';
  return { settings: { ...request.settings, metrics }, assumptions: [rival] };
}

/** The champion's mean absolute error, or 1: what a relative margin is a share of. */
function scaleOf(facts: GateFacts): number {
  const champion = facts.data[0]?.champion;
  if (champion === undefined || !champion.known || champion.value.sample.task !== 'regression') return 1;
  return computeMetric('mae', champion.value.sample);
}

/** The labels' own range for a regression. Scores are taken to be shares where all of them lie in [0, 1]; any other range has to be said. */
function rangeOf({ data }: GateFacts): { low: number; high: number } | undefined {
  const samples = data.flatMap(({ challenger, champion }) =>
    [challenger, champion].flatMap((fact) => (fact?.known ? [fact.value.sample] : [])),
  );
  const [first] = samples;
  if (first?.task === 'regression') return labelRange(first.labels);
  const shares = samples.every(
    (sample) => sample.task === 'score' && sample.scores.every((score) => score >= 0 && score <= 1),
  );
  return samples.length > 0 && shares ? { low: 0, high: 1 } : undefined;
}

function labelRange(labels: Float64Array): { low: number; high: number } {
  return labels.reduce(
    ({ low, high }, label) => ({ low: Math.min(low, label), high: Math.max(high, label) }),
    { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY },
  );
}
