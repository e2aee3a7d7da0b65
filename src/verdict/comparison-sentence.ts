import { formatMetricDifference } from '../core/format-metric.ts';
import type { MetricKey } from '../core/metric.ts';
import { METRICS } from '../core/metric.ts';
import type { Comparison } from '../stats/compare-paired.ts';
import type { Interval } from '../stats/interval.ts';
import type { MetricGate } from './metric-gate.ts';
import { countOf } from './sentences.ts';
import { toldInterval } from './told-interval.ts';

/** Whom the challenger is measured against. */
export type RivalKind = 'champion' | 'naive';

/** What a sentence about a comparison is made of. */
export interface ToldComparison {
  /** Behind the metric's name: which rows, where they are not all. */
  where?: string;
  rival: RivalKind;
  /** Rows of one cluster counted as one. */
  clustered: boolean;
  /** The gate as it was set; the margin of the naive rival is 0 whatever it says. */
  gate?: MetricGate;
  margin: number;
  comparison: Comparison;
}

/** The margin that counts: a model that is not better than one that sees nothing has no loss that is acceptable. */
export function marginOf(gate: MetricGate, rival: RivalKind): number {
  return rival === 'naive' ? 0 : (gate.maxDrop ?? 0);
}

/** How much worse the challenger is; negative when it is better. */
export function lossOf(key: MetricKey, ours: number, theirs: number): number {
  const { better } = METRICS[key];
  if (better === 'zero') return Math.abs(ours) - Math.abs(theirs);
  return better === 'higher' ? theirs - ours : ours - theirs;
}

/** What to do about a loss that is proved. */
export function doNotShip(key: MetricKey, rival: RivalKind): string {
  return `Do not ship this model for ${METRICS[key].name}; find what changed against the ${rival === 'naive' ? 'training run' : 'champion'}.`;
}

/** The finding in one sentence: which way, by how much, what the interval allows, what the margin is. */
export function comparisonSentence(key: MetricKey, told: ToldComparison): string {
  const { comparison, clustered, where = '' } = told;
  const name = METRICS[key].name + where;
  if (comparison.reason === 'same-bytes')
    return `${name} is the champion's own: both files have the same digest.`;
  const rows = `${countOf(comparison.n, 'row')}${clustered ? ' in clusters' : ''}`;
  const loss = lossOf(key, comparison.challenger, comparison.champion);
  if (Number.isNaN(loss)) return `${name} is undefined on these ${rows}, so it cannot be compared.`;
  const theirs = told.rival === 'naive' ? "naive predictor's" : "champion's";
  const seen = `${name} is ${sizeOf(key, loss)} the ${theirs} on ${rows}`;
  const allowed = allowance(key, told);
  const interval = toldInterval(key, comparison);
  if (interval === undefined) {
    const why = WHY_NO_INTERVAL[comparison.reason] ?? 'no interval can be given';
    return `${seen}, ${allowed}; ${comparison.interval === undefined ? '' : 'no bound can be given yet: '}${why}.`;
  }
  if (comparison.decision === 'fail') return `${seen}, ${allowed}: proved to be worse than allowed.`;
  return `${seen}; ${reach(key, interval)} with 95 % confidence, ${allowed}.`;
}

function sizeOf(key: MetricKey, loss: number): string {
  if (loss === 0) return 'the same as';
  if (!Number.isFinite(loss)) return `infinitely ${loss < 0 ? 'better' : 'worse'} than`;
  return `${formatMetricDifference(key, loss)} ${loss < 0 ? 'better' : 'worse'} than`;
}

function allowance(key: MetricKey, { rival, gate, margin }: ToldComparison): string {
  if (rival === 'champion') return `and the margin is ${formatMetricDifference(key, margin)}`;
  const given = gate?.maxDrop ?? 0;
  const unused =
    given === 0
      ? ''
      : ` (the margin of ${formatMetricDifference(key, given)} is for a champion, and there is none)`;
  return `and it must not be worse at all${unused}`;
}

/** How bad it may be: the end of the interval on the worse side. */
function reach(key: MetricKey, { low, high }: Interval): string {
  const edge = METRICS[key].better === 'lower' ? high : -low;
  return edge > 0
    ? `it may be up to ${formatMetricDifference(key, edge)} worse`
    : `it is at least ${formatMetricDifference(key, -edge)} better`;
}

const WHY_NO_INTERVAL: Partial<Record<Comparison['reason'], string>> = {
  'too-few-rows': 'too few rows of the rarer class to prove anything',
  'no-variance': 'the two models agree on every row, and these rows are too few to prove that they always do',
  'no-bound': 'without a bound on a single loss no number of rows proves anything (set bound:)',
  'not-comparable': 'no interval with a known error rate exists for it (set decide: point)',
};
