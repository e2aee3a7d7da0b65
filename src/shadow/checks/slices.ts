import type { CheckResult } from '../../core/check.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS, metricsOf } from '../../core/metric.ts';
import type { Sample } from '../../core/task.ts';
import { benjaminiHochberg } from '../../stats/benjamini-hochberg.ts';
import type { Comparison } from '../../stats/compare-paired.ts';
import { comparePairedAtEveryLook } from '../../stats/sequential/compare-paired-at-every-look.ts';
import { result } from '../../verdict/check-result.ts';
import { comparisonFields } from '../../verdict/comparison-fields.ts';
import { comparisonSentence, doNotShip } from '../../verdict/comparison-sentence.ts';
import { countOf, listNames } from '../../verdict/sentences.ts';
import type { MaturedRows, ShadowFacts, SliceCodes } from '../facts.ts';
import { sliceName } from '../slice-name.ts';
import type { ShadowSettings } from '../settings.ts';
import type { ShadowCheck } from './shadow-check.ts';

/** Harm beyond the margin is proved at this rate of false discoveries. */
const FALSE_DISCOVERIES = 0.05;

interface SliceTest {
  key: MetricKey;
  slice: string;
  margin: number;
  comparison: Comparison;
}

/** Every metric with a margin on every slice that is large enough; a slice fails only on harm that is proved among all of them. */
export const checkSlices: ShadowCheck = (facts, settings) => {
  const { matured } = facts;
  if (!matured.known || matured.value.n === 0 || matured.value.slices.length === 0) return [];
  const rows = matured.value;
  const groups = rows.slices.flatMap((slice) => groupsOf(slice));
  const large = groups.filter((group) => group.rows.length >= settings.slices.minRows);
  const tests = large.flatMap((group) => testsOf(group, { rows, settings, facts }));
  const adjusted = benjaminiHochberg(tests.map(({ comparison }) => comparison.pHarm));
  if (large.length > 0 && tests.length === 0) return [...noMargin(), ...tooFew(groups, settings)];
  const results = tests.map((test, index) => sliceResult(test, (adjusted[index] ?? 1) <= FALSE_DISCOVERIES));
  return [...results, ...tooFew(groups, settings)];
};

/** Slices that were asked for are not left out without a word. */
function noMargin(): CheckResult[] {
  return [
    result({
      id: 'slices.none',
      check: 'slices',
      role: 'inform',
      outcome: 'hold',
      reason: 'no-margin',
      message: 'The slices are not compared: no metric that can be compared has a margin.',
      settle: 'Set max_drop for a metric of shadow.metrics, or shadow.max_drop for the slices alone.',
    }),
  ];
}

interface Group {
  slice: string;
  rows: Int32Array;
}

function groupsOf({ name, bands, codes, values }: SliceCodes): Group[] {
  const sizes = new Int32Array(values.length + 1);
  for (const code of codes) sizes[code + 1] = (sizes[code + 1] as number) + 1;
  const groups = Array.from(sizes, (size) => new Int32Array(size));
  const next = new Int32Array(sizes.length);
  for (let row = 0; row < codes.length; row++) {
    const group = (codes[row] as number) + 1;
    const place = next[group] as number;
    (groups[group] as Int32Array)[place] = row;
    next[group] = place + 1;
  }
  return groups
    .map((rows, index) => ({
      slice: index === 0 ? `${name} is empty` : sliceName({ name, bands }, values[index - 1] ?? ''),
      rows,
    }))
    .filter((group) => group.rows.length > 0);
}

function testsOf(
  { slice, rows: own }: Group,
  { rows, settings, facts }: { rows: MaturedRows; settings: ShadowSettings; facts: ShadowFacts },
): SliceTest[] {
  const keys = metricsOf(facts.task).filter(
    (key) => METRICS[key].paired && marginOf(key, settings) !== undefined,
  );
  if (keys.length === 0) return [];
  const pair = { champion: pick(rows.champion, own), challenger: pick(rows.challenger, own) };
  return keys.map((key) => {
    const margin = marginOf(key, settings) ?? 0;
    const bound = settings.metrics[key]?.bound;
    const comparison = comparePairedAtEveryLook(key, pair, {
      margin,
      planned: Math.max(20, Math.round((settings.plannedLabels * own.length) / rows.n)),
      ...(bound === undefined ? {} : { bound }),
    });
    return { key, slice, margin, comparison };
  });
}

function marginOf(key: MetricKey, { metrics, slices }: ShadowSettings): number | undefined {
  const gate = metrics[key];
  if (gate?.compare === 'off') return undefined;
  return slices.maxDrop[key] ?? gate?.maxDrop;
}

function pick(sample: Sample, rows: Int32Array): Sample {
  const numbers = (values: Float64Array): Float64Array => gather(values, rows, new Float64Array(rows.length));
  const bytes = (values: Uint8Array): Uint8Array => gather(values, rows, new Uint8Array(rows.length));
  switch (sample.task) {
    case 'binary-classification':
      return {
        task: sample.task,
        labels: bytes(sample.labels),
        scores: numbers(sample.scores),
        decisions: bytes(sample.decisions),
      };
    case 'regression':
      return { task: sample.task, labels: numbers(sample.labels), predictions: numbers(sample.predictions) };
    case 'score':
      return { task: sample.task, scores: numbers(sample.scores) };
    case 'multiclass-classification':
      return sample;
    default:
      return sample satisfies never;
  }
}

/** The values of some rows, put into `picked`. */
function gather<A extends Float64Array | Uint8Array>(values: A, rows: Int32Array, picked: A): A {
  for (let i = 0; i < rows.length; i++) picked[i] = values[rows[i] as number] as number;
  return picked;
}

function sliceResult({ key, slice, margin, comparison }: SliceTest, harmed: boolean): CheckResult {
  const fails = harmed && comparison.decision === 'fail';
  const told = { where: ` where ${slice}`, rival: 'champion', clustered: false, margin, comparison } as const;
  return result({
    id: `slices.${key}.${slice}`.slice(0, 400),
    check: 'slices',
    role: fails ? 'gate' : 'inform',
    outcome: fails ? 'fail' : comparison.decision === 'pass' ? 'pass' : 'hold',
    reason: fails ? 'harm-proved' : comparison.decision === 'fail' ? 'not-among-many' : comparison.reason,
    subject: slice,
    ...comparisonFields(key, comparison, told),
    message: comparisonSentence(key, told),
    settle: fails ? doNotShip(key, 'champion') : undefined,
  });
}

/** Slices that are too small to say anything are named. */
function tooFew(groups: readonly Group[], { slices }: ShadowSettings): CheckResult[] {
  const small = groups.filter((group) => group.rows.length < slices.minRows);
  if (small.length === 0) return [];
  return [
    result({
      id: 'slices.too_few',
      check: 'slices',
      role: 'inform',
      outcome: 'pass',
      reason: 'too-few-rows',
      measured: small.length,
      unit: 'rows',
      message: `${countOf(small.length, 'slice')} with fewer than ${slices.minRows} labelled requests ${small.length === 1 ? 'is' : 'are'} not tested: ${listNames(
        small.map(({ slice }) => slice),
        8,
      )}.`,
    }),
  ];
}
