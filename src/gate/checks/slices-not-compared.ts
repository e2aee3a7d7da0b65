import type { CheckResult } from '../../core/check.ts';
import { METRIC_KEYS, METRICS } from '../../core/metric.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { listNames } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result } from '../../verdict/check-result.ts';

/** The id of the summary of one table's slices, and the beginning of the ids of each. */
export function slicesId({ role }: DataFacts): string {
  return role === 'frozen' ? 'slices.frozen' : 'slices';
}

/** Columns that were asked for and are not there. */
export function slicesMissing(data: DataFacts, why: string): CheckResult {
  return result({
    id: slicesId(data),
    check: 'slices',
    role: 'gate',
    outcome: 'error',
    reason: 'missing-slices',
    subject: data.role,
    message: `The slices could not be formed: ${why}`,
    settle: 'Name columns that the table (or the joined one) has.',
  });
}

/** A first release has nobody to compare slices with; a champion that is wanted and not there is another matter. */
export function withoutChampion(
  data: DataFacts,
  { noChampion }: GateFacts,
  settings: GateSettings,
): CheckResult {
  const wanted = data.champion !== undefined || noChampion?.asked === true;
  const why = data.champion?.known === false ? data.champion.why : noChampion?.why;
  return result({
    id: slicesId(data),
    check: 'slices',
    role: wanted || mustBeProved(settings) ? 'gate' : 'inform',
    outcome: 'hold',
    reason: 'no-champion',
    subject: data.role,
    message: `Slices by ${namesOf(data)} need a champion to be compared with${why === undefined ? '.' : `: ${why}`}`,
    settle: wanted ? noChampion?.settle : undefined,
  });
}

/** Slices, and no margin that any interval could be held against. */
export function withoutMargin(data: DataFacts, settings: GateSettings): CheckResult {
  return result({
    id: slicesId(data),
    check: 'slices',
    role: mustBeProved(settings) ? 'gate' : 'inform',
    outcome: 'hold',
    reason: 'no-margin',
    subject: data.role,
    message: `Slices by ${namesOf(data)} were not compared: no metric with a paired interval has a max_drop.`,
    settle: 'Set max_drop for such a metric, in metrics or in slices.',
  });
}

/** Margins for slices of metrics that no interval can decide: what was asked for must not vanish. */
export function withoutInterval(data: DataFacts, { slices }: GateSettings): CheckResult[] {
  return METRIC_KEYS.filter((key) => slices.maxDrop[key] !== undefined && !METRICS[key].paired).map(
    (metric) =>
      result({
        id: `${slicesId(data)}.${metric}`,
        check: 'slices',
        role: 'gate',
        outcome: 'hold',
        reason: 'not-comparable',
        subject: data.role,
        metric,
        message: `${METRICS[metric].name} has a margin for slices, and no interval with a known error rate exists for it.`,
        settle:
          'Take it out of slices: { max_drop: … }; use a metric such as roc_auc, brier, accuracy or mae there.',
      }),
  );
}

function mustBeProved({ slices }: GateSettings): boolean {
  return slices.require === 'proved';
}

function namesOf(data: DataFacts): string {
  return listNames(data.slices.map(({ name }) => name));
}
