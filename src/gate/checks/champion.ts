import type { CheckResult } from '../../core/check.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS, metricsOf } from '../../core/metric.ts';
import type { Sample } from '../../core/task.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import type { GateSettings } from '../settings.ts';
import type { MetricGate } from '../../verdict/metric-gate.ts';
import type { Check } from './check.ts';
import { compareByInterval } from './compare-by-interval.ts';
import { compareByPoints } from './compare-by-points.ts';
import type { Duel, Rival } from './duel.ts';
import { heldByDoubt } from './held-by-doubt.ts';
import { naiveIsNoRival, noRival } from './no-rival.ts';
import { worseThanGuessing } from './worse-than-guessing.ts';

/** Not worse than the champion: both on the same rows, the loss proved to be within the margin. Without one: the naive predictor. */
export const checkChampion: Check = (facts, settings) =>
  facts.data.flatMap((data) =>
    data.challenger.known
      ? [
          ...worseThanGuessing(data, facts),
          ...comparisons(data.challenger.value.sample, data, { facts, settings }),
        ]
      : [],
  );

/** Every metric with a margin, against the one rival that this table has. */
function comparisons(
  sample: Sample,
  data: DataFacts,
  { facts, settings }: { facts: GateFacts; settings: GateSettings },
): CheckResult[] {
  const rival = rivalOf(facts, data);
  return metricsOf(sample.task).flatMap((key) => {
    const gate = settings.metrics[key];
    if (gate?.maxDrop === undefined || gate.compare !== 'champion') return [];
    const id = data.role === 'frozen' ? `champion.frozen.${key}` : `champion.${key}`;
    if (rival.kind === 'none') return [noRival(id, key, rival)];
    return [compareWith(key, gate, { id, data, sample, rival, facts })];
  });
}

function compareWith(key: MetricKey, gate: MetricGate, duel: Duel): CheckResult {
  if (duel.rival.kind === 'naive' && !METRICS[key].paired) return naiveIsNoRival(duel.id, key);
  const compared =
    gate.decide === 'point' ? compareByPoints(key, gate, duel) : compareByInterval(key, gate, duel);
  return heldByDoubt(compared, duel);
}

/** The champion; where nobody wanted one, the naive predictor. A champion that was wanted and is not there has no substitute. */
function rivalOf(facts: GateFacts, data: DataFacts): Rival | { kind: 'none'; why: string; settle?: string } {
  if (data.champion?.known) return { kind: 'champion', sample: data.champion.value.sample };
  if (data.champion !== undefined) return { kind: 'none', why: data.champion.why };
  if (facts.noChampion?.asked) return { kind: 'none', ...facts.noChampion };
  if (data.naive.known) return { kind: 'naive', sample: data.naive.value };
  return { kind: 'none', why: data.naive.why };
}
