import type { CheckResult } from '../../core/check.ts';
import { METRIC_KEYS, METRICS } from '../../core/metric.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import type { Comparison } from '../../stats/compare-paired.ts';
import { ONE_SIDED, TWO_SIDED } from '../../stats/interval.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { countOf, listNames } from '../mapping/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { comparisonMessage, sameBytes } from './champion.ts';
import { result } from './check.ts';
import type { SliceTest } from './slice-tests.ts';
import { leftOutOf, sliceTests } from './slice-tests.ts';
import type { Check } from './check.ts';

/** Harm on slices: fails only where harm beyond the margin is proved after Benjamini–Hochberg; slices that are too small are named. */
export const checkSlices: Check = (facts, settings) =>
  facts.data.flatMap((data) => {
    if (data.slicesMissing !== undefined) return [missing(data)];
    if (data.slices.length === 0 || !data.challenger.known) return [];
    if (!data.champion?.known) return [unopposed(data, facts, settings)];
    const tests = sliceTests(data, settings, {
      challenger: data.challenger.value.sample,
      champion: data.champion.value.sample,
      sameBytes: sameBytes(facts),
    });
    const compared = tests.length === 0 ? [nothingToCompare(data, settings)] : judge(data, settings, tests);
    return [...compared, ...uncomparable(data, settings)];
  });

function missing(data: DataFacts): CheckResult {
  return result({
    id: idOf(data),
    check: 'slices',
    role: 'gate',
    outcome: 'error',
    reason: 'missing-slices',
    subject: data.role,
    message: `The slices could not be formed: ${data.slicesMissing}`,
    settle: 'Name columns that the table (or the joined one) has.',
  });
}

/** A first release has nobody to compare slices with; a champion that is wanted and not there is another matter. */
function unopposed(data: DataFacts, facts: GateFacts, settings: GateSettings): CheckResult {
  const wanted = data.champion !== undefined || facts.noChampion?.asked === true;
  const why = data.champion?.known === false ? data.champion.why : facts.noChampion?.why;
  return result({
    id: idOf(data),
    check: 'slices',
    role: wanted || settings.slices.require === 'proved' ? 'gate' : 'inform',
    outcome: 'hold',
    reason: 'no-champion',
    subject: data.role,
    message: `Slices by ${namesOf(data)} need a champion to be compared with${why === undefined ? '.' : `: ${why}`}`,
  });
}

function nothingToCompare(data: DataFacts, settings: GateSettings): CheckResult {
  return result({
    id: idOf(data),
    check: 'slices',
    role: settings.slices.require === 'proved' ? 'gate' : 'inform',
    outcome: 'hold',
    reason: 'no-margin',
    subject: data.role,
    message: `Slices by ${namesOf(data)} were not compared: no metric with a paired interval has a max_drop.`,
    settle: 'Set max_drop for such a metric, in metrics or in slices.',
  });
}

/** Margins for slices of metrics that no interval can decide: what was asked for must not vanish. */
function uncomparable(data: DataFacts, settings: GateSettings): CheckResult[] {
  const keys = METRIC_KEYS.filter(
    (key) => settings.slices.maxDrop[key] !== undefined && !METRICS[key].paired,
  );
  return keys.map((metric) =>
    result({
      id: `${idOf(data)}.${metric}`,
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

function namesOf(data: DataFacts): string {
  return listNames(data.slices.map((each) => each.name));
}

function idOf(data: DataFacts): string {
  return data.role === 'frozen' ? 'slices.frozen' : 'slices';
}

function judge(data: DataFacts, settings: GateSettings, tests: readonly SliceTest[]): CheckResult[] {
  const tested = tests.filter((test) => test.comparison !== undefined);
  const adjusted = benjaminiHochberg(tested.map((test) => test.comparison?.pHarm ?? 1));
  const harmed = new Set(
    tested.filter((test, i) => test.comparison?.decision === 'fail' && (adjusted[i] ?? 1) <= 1 - ONE_SIDED),
  );
  const rows = tests.map((test) => sliceResult(test, { data, settings, harmed: harmed.has(test) }));
  return [summary(data, settings, { tests, harmed: [...harmed] }), ...rows];
}

function sliceResult(
  test: SliceTest,
  context: { data: DataFacts; settings: GateSettings; harmed: boolean },
): CheckResult {
  const { comparison, key, slice, margin } = test;
  const { data, settings, harmed } = context;
  const proved = comparison?.decision === 'pass';
  const role = harmed || (settings.slices.require === 'proved' && !proved) ? 'gate' : 'inform';
  const shared = {
    id: `${idOf(data)}.${key}.${slice}`,
    check: 'slices',
    role,
    subject: slice,
    metric: key,
    n: test.rows,
    unit: METRICS[key].unit,
    limit: { rule: 'max_drop', value: margin },
  } as const;
  if (comparison === undefined) {
    return result({
      ...shared,
      outcome: 'hold',
      reason: 'too-few-rows',
      message: `${slice}: ${countOf(test.rows, 'row')}, too few to test (the smallest size is ${settings.slices.minRows}).`,
      settle: 'Collect more rows of this slice.',
    });
  }
  const { interval } = comparison;
  const provedHere = harmed || comparison.decision === 'pass';
  return result({
    ...shared,
    outcome: harmed ? 'fail' : proved ? 'pass' : 'hold',
    reason: harmed
      ? 'harm-proved'
      : comparison.decision === 'fail'
        ? 'not-proved-after-correction'
        : comparison.reason,
    measured: comparison.challenger,
    baseline: comparison.champion,
    baselineName: 'champion',
    difference: comparison.difference,
    interval: interval === undefined ? undefined : [interval.low, interval.high],
    level: interval === undefined ? undefined : TWO_SIDED,
    method: comparison.method,
    rowsNeeded: provedHere ? undefined : comparison.rowsNeeded,
    message: `${slice}: ${sliceMessage(test, comparison, { data, harmed })}`,
    settle: harmed
      ? 'Find out why this group is worse off before anybody is served by it.'
      : proved
        ? undefined
        : 'Collect more rows of this slice.',
  });
}

/** The comparison's sentence, decided over all slices together rather than on this one alone. */
function sliceMessage(
  { key, margin }: SliceTest,
  comparison: Comparison,
  { data, harmed }: { data: DataFacts; harmed: boolean },
): string {
  const decision = harmed ? 'fail' : comparison.decision === 'fail' ? 'hold' : comparison.decision;
  const sentence = comparisonMessage(key, {
    data,
    rivalName: 'champion',
    margin,
    comparison: { ...comparison, decision },
  });
  return decision === comparison.decision || harmed
    ? sentence
    : `${sentence} Alone it would count as harm; among all the slices tested that is not proved (Benjamini–Hochberg).`;
}

function summary(
  data: DataFacts,
  settings: GateSettings,
  { tests, harmed }: { tests: readonly SliceTest[]; harmed: readonly SliceTest[] },
): CheckResult {
  const slices = new Set(tests.map((test) => test.slice));
  const names = [...new Set(harmed.map((test) => test.slice))];
  const small = new Set(
    tests.filter((test) => test.comparison?.interval === undefined).map((test) => test.slice),
  );
  const tooFew = small.size === 0 ? '' : ` Nothing can be told of: ${listNames([...small], 8)}.`;
  const leftOut = data.slices.map(leftOutOf).join('');
  const compared = tests.filter((test) => test.comparison !== undefined).length;
  const open =
    settings.slices.require === 'proved' &&
    (leftOut !== '' || tests.some((test) => test.comparison?.decision !== 'pass'));
  return result({
    id: idOf(data),
    check: 'slices',
    role: 'gate',
    outcome: names.length > 0 ? 'fail' : open ? 'hold' : 'pass',
    reason: names.length > 0 ? 'harm-proved' : open ? 'not-proved' : 'no-harm-proved',
    subject: data.role,
    n: data.rows,
    message:
      names.length > 0
        ? `Harm beyond the margin is proved on ${countOf(names.length, 'slice')} of ${slices.size}: ${listNames(names)}.${tooFew}${leftOut}`
        : `No slice of ${slices.size} is proved to be harmed beyond the margin (Benjamini–Hochberg over ${countOf(compared, 'test')}).${tooFew}${leftOut}`,
    settle:
      names.length > 0
        ? 'Find out why these groups are worse off before anybody is served by it.'
        : open
          ? 'Collect more rows of the slices that are too small, or set slices: { require: shown }.'
          : undefined,
  });
}
