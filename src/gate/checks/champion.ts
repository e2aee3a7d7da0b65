import type { CheckResult } from '../../core/check.ts';
import { formatMetricDifference, formatMetric } from '../../core/format-metric.ts';
import type { MetricKey } from '../../core/metric.ts';
import { METRICS, metricsOf } from '../../core/metric.ts';
import type { Sample } from '../../core/task.ts';
import type { Comparison } from '../../stats/compare-paired.ts';
import { comparePaired } from '../../stats/compare-paired.ts';
import { computeMetric } from '../../stats/compute-metric.ts';
import { TWO_SIDED } from '../../stats/interval.ts';
import type { DataFacts, GateFacts } from '../facts.ts';
import { countOf, moreRows } from '../mapping/sentences.ts';
import type { GateSettings, MetricGate } from '../settings.ts';
import { result } from './check.ts';
import { worseThanGuessing } from './worse-than-guessing.ts';
import type { Check } from './check.ts';

/** Not worse than the champion: both on the same rows, the loss proved to be within the margin. Without one: the naive predictor. */
export const checkChampion: Check = (facts, settings) =>
  facts.data.flatMap((data) => {
    if (!data.challenger.known) return [];
    const { sample } = data.challenger.value;
    const keys = metricsOf(sample.task).filter(
      (key) => settings.metrics[key]?.maxDrop !== undefined && settings.metrics[key]?.compare === 'champion',
    );
    const rival = rivalOf(facts, data);
    const compared = keys.map((key) => compareOne(key, { facts, data, sample, settings, rival }));
    return [...worseThanGuessing(data), ...compared];
  });

type Rival = { name: 'champion' | 'naive'; sample: Sample } | { name: 'none'; why: string; asked: boolean };

function rivalOf(facts: GateFacts, data: DataFacts): Rival {
  if (data.champion?.known) return { name: 'champion', sample: data.champion.value.sample };
  if (data.champion !== undefined) return { name: 'none', why: data.champion.why, asked: true };
  if (facts.noChampion?.asked) return { name: 'none', why: facts.noChampion.why, asked: true };
  if (data.naive.known) return { name: 'naive', sample: data.naive.value };
  return { name: 'none', why: data.naive.why, asked: false };
}

interface Subject {
  facts: GateFacts;
  data: DataFacts;
  sample: Sample;
  settings: GateSettings;
  rival: Rival;
}

function compareOne(key: MetricKey, subject: Subject): CheckResult {
  const { data, rival, settings, sample } = subject;
  const gate = settings.metrics[key];
  const id = data.role === 'frozen' ? `champion.frozen.${key}` : `champion.${key}`;
  if (gate === undefined || rival.name === 'none')
    return noRival(id, key, rival.name === 'none' ? rival.why : '');
  if (rival.name === 'naive' && !METRICS[key].paired) return naiveIsNoRival(id, key);
  const margin = rival.name === 'naive' ? 0 : (gate.maxDrop ?? 0);
  if (gate.decide === 'point') return comparePoint(key, { id, gate, margin, rival, sample, data });
  const comparison = comparePaired(
    key,
    { champion: rival.sample, challenger: sample },
    {
      margin,
      sameBytes: rival.name === 'champion' && sameBytes(subject.facts),
      ...(gate.bound === undefined ? {} : { bound: gate.bound }),
      ...(data.clusters === undefined ? {} : { clusters: data.clusters }),
    },
  );
  return compared(key, { id, data, rivalName: rival.name, margin, comparison });
}

/** The same model file on both sides: nothing can have become worse. */
export function sameBytes({ challenger, champion }: GateFacts): boolean {
  return (
    challenger !== undefined && champion !== undefined && challenger.modelDigest === champion.modelDigest
  );
}

function noRival(id: string, metric: MetricKey, why: string): CheckResult {
  return result({
    id,
    check: 'champion',
    role: 'gate',
    outcome: 'hold',
    reason: 'no-champion',
    metric,
    message: `${METRICS[metric].name} could not be compared with the champion: ${why}`,
    settle:
      'Name the champion (baseline: { path: … }, or --against); for a first release say baseline: none.',
  });
}

/** A constant has no bias and no calibration error, and often no precision: beating it there, or not, says nothing. */
function naiveIsNoRival(id: string, metric: MetricKey): CheckResult {
  return result({
    id,
    check: 'champion',
    role: 'gate',
    outcome: 'hold',
    reason: 'no-champion',
    metric,
    message: `${METRICS[metric].name} was not compared: there is no champion, and the naive predictor is no rival for this metric.`,
    settle: 'Name a champion, or limit the metric by min or max instead of max_drop for a first release.',
  });
}

/** Differences of decimal numbers carry binary dust: 0.80 − 0.79 is a little more than 0.01. */
const DUST = 1e-12;

interface PointSubject {
  id: string;
  gate: MetricGate;
  margin: number;
  rival: { name: 'champion' | 'naive'; sample: Sample };
  sample: Sample;
  data: DataFacts;
}

function comparePoint(key: MetricKey, { id, margin, rival, sample, data }: PointSubject): CheckResult {
  const [ours, theirs] = [computeMetric(key, sample), computeMetric(key, rival.sample)];
  const loss = lossOf(key, ours, theirs);
  const slack = DUST * Math.max(1, Math.abs(theirs));
  const outcome = !Number.isFinite(loss) ? 'error' : loss <= margin + slack ? 'pass' : 'fail';
  const seen = !Number.isFinite(loss)
    ? `${METRICS[key].name} is undefined on these rows.`
    : `${METRICS[key].name} is ${formatMetric(key, ours)} against the ${rival.name}'s ${formatMetric(key, theirs)} (points, no interval); the margin is ${formatMetric(key, margin)}.`;
  return result({
    id,
    check: 'champion',
    role: 'gate',
    outcome,
    reason: outcome === 'pass' ? 'within-margin' : outcome === 'fail' ? 'beyond-margin' : 'undefined',
    metric: key,
    subject: data.role,
    measured: ours,
    baseline: theirs,
    baselineName: rival.name,
    difference: ours - theirs,
    limit: { rule: 'max_drop', value: margin },
    unit: METRICS[key].unit,
    n: data.rows,
    method: 'point',
    message: seen,
    settle:
      outcome === 'fail'
        ? doNotShip(key, rival.name)
        : outcome === 'error'
          ? 'Give a test table on which the metric is defined.'
          : undefined,
  });
}

/** How much worse the challenger is; negative when it is better. */
function lossOf(key: MetricKey, ours: number, theirs: number): number {
  const { better } = METRICS[key];
  if (better === 'zero') return Math.abs(ours) - Math.abs(theirs);
  return better === 'higher' ? theirs - ours : ours - theirs;
}

interface Compared {
  id: string;
  data: DataFacts;
  rivalName: 'champion' | 'naive';
  margin: number;
  comparison: Comparison;
}

function compared(key: MetricKey, subject: Compared): CheckResult {
  const { id, data, rivalName, margin, comparison } = subject;
  const { interval } = comparison;
  return result({
    id,
    check: 'champion',
    role: 'gate',
    outcome: comparison.decision,
    reason: comparison.reason,
    metric: key,
    subject: data.role,
    measured: comparison.challenger,
    baseline: comparison.champion,
    baselineName: rivalName,
    difference: comparison.difference,
    interval: interval === undefined ? undefined : [interval.low, interval.high],
    level: interval === undefined ? undefined : TWO_SIDED,
    limit: { rule: 'max_drop', value: margin },
    unit: METRICS[key].unit,
    n: comparison.n,
    method: comparison.method,
    rowsNeeded: comparison.rowsNeeded,
    message: comparisonMessage(key, subject),
    settle: settleOf(key, subject),
  });
}

/** The finding in one sentence: which way, by how much, what the interval allows, what the margin is. */
export function comparisonMessage(
  key: MetricKey,
  { data, rivalName, margin, comparison }: Omit<Compared, 'id'>,
): string {
  const { name, better } = METRICS[key];
  const rows = `${countOf(comparison.n, 'row')}${data.clusters === undefined ? '' : ' in clusters'}`;
  if (comparison.reason === 'same-bytes')
    return `${name} is the champion's own: both files have the same digest.`;
  const loss = lossOf(key, comparison.challenger, comparison.champion);
  if (Number.isNaN(loss)) return `${name} is undefined on these ${rows}, so it cannot be compared.`;
  const size = formatMetricDifference(key, loss);
  const how = loss < 0 ? `${size} better than` : loss > 0 ? `${size} worse than` : 'the same as';
  const seen = `${name} is ${how} the ${rivalName === 'naive' ? "naive predictor's" : "champion's"} on ${rows}`;
  const allowed =
    rivalName === 'naive'
      ? 'and it must not be worse'
      : `and the margin is ${formatMetricDifference(key, margin)}`;
  if (comparison.interval === undefined)
    return `${seen}, ${allowed}; ${WHY_NO_INTERVAL[comparison.reason] ?? 'no interval can be given'}.`;
  const edge = better === 'lower' ? comparison.interval.high : -comparison.interval.low;
  const reach =
    edge > 0
      ? `it may be up to ${formatMetricDifference(key, edge)} worse`
      : `it is at least ${formatMetricDifference(key, -edge)} better`;
  if (comparison.decision === 'fail') return `${seen}, ${allowed}: proved to be worse than allowed.`;
  return `${seen}; ${reach} with 95 % confidence, ${allowed}.`;
}

const WHY_NO_INTERVAL: Partial<Record<Comparison['reason'], string>> = {
  'too-few-rows': 'too few rows of the rarer class to prove anything',
  'no-variance': 'the two models agree on every row, and these rows are too few to prove that they always do',
  'no-bound': 'without a bound on a single loss no number of rows proves anything (set bound:)',
  'not-comparable': 'no interval with a known error rate exists for it (set decide: point)',
};

function settleOf(key: MetricKey, { comparison, rivalName }: Compared): string | undefined {
  if (comparison.decision === 'pass') return undefined;
  if (comparison.decision === 'fail') return doNotShip(key, rivalName);
  if (comparison.reason === 'not-comparable') return 'Set decide: point, or limit the metric by min or max.';
  if (comparison.reason === 'no-bound') return 'Set bound: to the largest loss of a single row that counts.';
  if (comparison.rowsNeeded === undefined)
    return 'At the present difference no number of rows would prove it: improve the model, or widen the margin if that loss is acceptable.';
  return moreRows(comparison.rowsNeeded, comparison.n);
}

function doNotShip(key: MetricKey, rivalName: 'champion' | 'naive'): string {
  return `Do not ship this model for ${METRICS[key].name}; find what changed against the ${rivalName === 'naive' ? 'training run' : 'champion'}.`;
}
