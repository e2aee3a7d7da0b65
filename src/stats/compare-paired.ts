import { KnownGoodError } from '../core/errors.ts';
import { METRICS, type MetricKey } from '../core/metric.ts';
import { rowCount, type BinarySample, type Sample } from '../core/task.ts';
import type { Range } from './betting.ts';
import { assertPaired } from './assert-paired.ts';
import { gatherClusters, type Clusters } from './clusters.ts';
import { compareAccuracy } from './compare-accuracy.ts';
import { compareAuc, rankPair, type RankedPair } from './compare-auc.ts';
import { compareMean, lossUnits } from './compare-mean.ts';
import { computeMetric } from './compute-metric.ts';
import type { Interval } from './interval.ts';
import type { LossBound } from './loss-bound.ts';
import { pairedLosses, type PairedLosses, type SamplePair } from './paired-losses.ts';
import { rowsNeeded } from './rows-needed.ts';

/** What may be lost, and what is known about the rows. */
export interface PairedOptions {
  /** Largest loss that is not harm, in metric units, ≥ 0. */
  margin: number;
  /** Largest loss of one row (log_loss: nats, mae: label units), or the range of the scores (mean_score). */
  bound?: number | Range;
  /** A cluster id for each row; rows of one cluster count as one observation. */
  clusters?: Int32Array;
  /** Champion and challenger are the same file. */
  sameBytes?: boolean;
}

/** Whether the challenger is proved not worse than the champion by more than the margin. */
export interface Comparison {
  decision: 'pass' | 'hold' | 'fail';
  reason:
    | 'within-margin'
    | 'beyond-margin'
    | 'interval-crosses-margin'
    | 'too-few-rows'
    | 'no-variance'
    | 'no-bound'
    | 'not-comparable'
    | 'same-bytes';
  /** Metric values on these rows, unclipped. */
  champion: number;
  challenger: number;
  /** challenger − champion. */
  difference: number;
  /** Of `difference`, both ends one-sided at 95 %; the decision is read off it. */
  interval: Interval | undefined;
  method: string;
  /** Rows. */
  n: number;
  /** Rows in all that would probably settle a hold; `undefined` where none would or nobody can tell. */
  rowsNeeded: number | undefined;
  /** p-value of "the loss is at most the margin": small = harm beyond it is proved; 1 where unknowable. */
  pHarm: number;
}

/**
 * Non-inferiority on the same rows: `pass` iff the one-sided 95 % upper bound of the loss is within the margin, `fail` iff its
 * lower bound is beyond it, else `hold`. At a true loss equal to the margin, each of pass and fail is meant to have a chance of at
 * most 5 % at every n: proved where betting or agreement decides, measured elsewhere; with clusters of unequal size as long as none has
 * more than twice the rows of the largest seen.
 * Labels that differ are an `internal` error, a margin or bound that is no usable number a `config` error.
 */
export function comparePaired(key: MetricKey, pair: SamplePair, options: PairedOptions): Comparison {
  const clusters = (): Clusters | undefined => options.clusters && gatherClusters(options.clusters);
  return comparePairedBy({ key, pair, options }, (margin) => ({
    ofAuc: (ranked) => compareAuc(ranked, margin, clusters()),
    ofRows: ({ losses, range }) =>
      key === 'accuracy'
        ? compareAccuracy(losses, margin, clusters())
        : compareMean(lossUnits(losses, range, clusters()), margin),
  }));
}

/** Makers of the bounds that a comparison rests on. */
export interface LossBounds {
  /** Of the loss in AUC; `undefined` where the rows do not allow any. */
  ofAuc(ranked: RankedPair): LossBound | undefined;
  /** Of the mean loss of rows. */
  ofRows(rows: PairedLosses): LossBound;
}

/** The comparison of two models by other bounds than those of a single look. */
export function comparePairedBy(
  { key, pair, options }: { key: MetricKey; pair: SamplePair; options: PairedOptions },
  boundsAt: (margin: number) => LossBounds,
): Comparison {
  assertPaired(pair, options);
  const ranked = key === 'roc_auc' ? rankedPair(pair) : undefined;
  const values = pointValues(key, pair, ranked);
  if (options.sameBytes === true && values.difference === 0) return sameBytes(values);
  if (!METRICS[key].paired) return held(values, 'not-comparable');
  if (values.n === 0) return held(values, 'too-few-rows');
  const bounds = boundsAt(options.margin);
  if (ranked === undefined) return byRows({ key, values, pair, options }, bounds);
  const bound = bounds.ofAuc(ranked);
  return bound === undefined ? held(values, 'too-few-rows') : decide(values, bound, options.margin);
}

type PointValues = Pick<Comparison, 'champion' | 'challenger' | 'difference' | 'n'> & {
  better: 'higher' | 'lower';
};

function byRows(
  {
    key,
    values,
    pair,
    options,
  }: { key: MetricKey; values: PointValues; pair: SamplePair; options: PairedOptions },
  bounds: LossBounds,
): Comparison {
  const { margin, bound } = options;
  const rows = pairedLosses(key, pair, bound);
  // A margin that the clipped losses cannot exceed would be passed by any model.
  if (rows === undefined || (key !== 'accuracy' && key !== 'brier' && margin >= rows.range)) {
    return held(values, 'no-bound');
  }
  const result = bounds.ofRows(rows);
  const note =
    rows.clipped === 0
      ? ''
      : `, ${rows.clipped} ${rows.clipped === 1 ? 'row' : 'rows'} clipped at ${rows.range}`;
  return decide(values, { ...result, method: `${result.method}${note}` }, margin);
}

/**
 * Reads the decision off the interval. The interval is widened to reach the difference itself, which lies outside only
 * where losses were clipped: what clipping hides can then turn a pass into a hold, never the other way round.
 */
function decide(values: PointValues, bound: LossBound, margin: number): Comparison {
  const loss = values.better === 'higher' ? -values.difference : values.difference;
  const low = Math.min(bound.interval.low, loss);
  const high = Math.max(bound.interval.high, loss);
  const decision = high <= margin ? 'pass' : low > margin ? 'fail' : 'hold';
  return {
    ...pointsOf(values),
    decision,
    reason: reasonOf(decision, bound),
    interval: values.better === 'higher' ? { low: -high, high: -low } : { low, high },
    method: bound.method,
    rowsNeeded: decision === 'hold' ? rowsNeeded(values.n, bound.growthNeeded) : undefined,
    pHarm: loss <= margin ? 1 : bound.pHarm,
  };
}

function reasonOf(decision: Comparison['decision'], bound: LossBound): Comparison['reason'] {
  if (decision === 'pass') return 'within-margin';
  if (decision === 'fail') return 'beyond-margin';
  if (bound.noVariance) return 'no-variance';
  return bound.tooFew ? 'too-few-rows' : 'interval-crosses-margin';
}

function held(values: PointValues, reason: Comparison['reason']): Comparison {
  const unknown = { interval: undefined, method: 'none', rowsNeeded: undefined, pHarm: 1 };
  return { ...pointsOf(values), decision: 'hold', reason, ...unknown };
}

function sameBytes(values: PointValues): Comparison {
  return {
    ...pointsOf(values),
    decision: 'pass',
    reason: 'same-bytes',
    interval: { low: 0, high: 0 },
    method: 'same bytes',
    rowsNeeded: undefined,
    pHarm: 1,
  };
}

function pointsOf({ champion, challenger, difference, n }: PointValues): Omit<PointValues, 'better'> {
  return { champion, challenger, difference, n };
}

function pointValues(key: MetricKey, pair: SamplePair, ranked: RankedPair | undefined): PointValues {
  const champion = ranked?.before.auc ?? computeMetric(key, pair.champion);
  const challenger = ranked?.after.auc ?? computeMetric(key, pair.challenger);
  const better = METRICS[key].better === 'higher' ? 'higher' : 'lower';
  return { champion, challenger, difference: challenger - champion, n: rowCount(pair.champion), better };
}

function rankedPair(pair: SamplePair): RankedPair {
  const [champion, challenger] = [asBinary(pair.champion), asBinary(pair.challenger)];
  return rankPair({ labels: champion.labels, champion: champion.scores, challenger: challenger.scores });
}

function asBinary(sample: Sample): BinarySample {
  if (sample.task === 'binary-classification') return sample;
  throw new KnownGoodError('internal', `ROC-AUC is not compared for task ${sample.task}.`);
}
