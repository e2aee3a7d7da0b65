import { KnownGoodError } from '../core/errors.ts';
import type { MetricKey } from '../core/metric.ts';
import type { Sample } from '../core/task.ts';
import type { Range } from './betting.ts';
import { perRowBrier } from './brier.ts';
import { LOG_LOSS_CLIP, perRowLogLoss } from './log-loss.ts';
import { absoluteErrors } from './mae.ts';

/** The largest log loss that one row can have: probabilities are clipped there, so nothing is cut when nobody says otherwise. */
export const LOG_LOSS_BOUND = -Math.log(LOG_LOSS_CLIP);

/** Champion and challenger on the same rows. */
export interface SamplePair {
  champion: Sample;
  challenger: Sample;
}

/** How much worse the challenger is on each row. */
export interface PairedLosses {
  /** n values in [−range, range]; above 0 where the challenger is worse. */
  losses: Float64Array;
  /** The largest loss that one row can show. */
  range: number;
  /** Rows where either side was clipped at the bound. */
  clipped: number;
}

/** Each row's cost of one model, lower is better, and the largest difference that two models can have on a row. */
interface RowCosts {
  costs: (sample: Sample) => Float64Array;
  low: number;
  high: number;
}

/**
 * Per-row losses of the challenger for accuracy, brier, log_loss, mae and mean_score, clipped where the metric has no bound of
 * its own: log loss at `bound` (its own largest value, 34.5 nats), absolute errors at `bound`. `undefined` when there is no bound, and a
 * sample is none: a mean score without a declared range, an absolute error without `bound`. A score outside its declared range is an `input` error.
 */
export function pairedLosses(
  key: MetricKey,
  { champion, challenger }: SamplePair,
  bound: number | Range | undefined,
): PairedLosses | undefined {
  const rows = rowCosts(key, bound);
  if (rows === undefined) return undefined;
  const { low, high } = rows;
  const before = rows.costs(champion);
  const losses = rows.costs(challenger);
  let clipped = 0;
  for (let row = 0; row < losses.length; row++) {
    const [cost, other] = [losses[row] ?? NaN, before[row] ?? NaN];
    if (cost > high || other > high) clipped++;
    losses[row] = Math.min(Math.max(cost, low), high) - Math.min(Math.max(other, low), high);
  }
  return { losses, range: high - low, clipped };
}

function rowCosts(key: MetricKey, bound: number | Range | undefined): RowCosts | undefined {
  const cap = typeof bound === 'number' ? bound : bound?.high;
  if (cap !== undefined && !Number.isFinite(cap)) throw badBound(key, cap);
  if (key === 'accuracy') return { costs: wrongDecisions, low: 0, high: 1 };
  if (key === 'brier') return { costs: (side) => perRowBrier(asClassifier(side)), low: 0, high: 1 };
  if (key === 'log_loss') {
    const costs = (side: Sample): Float64Array => perRowLogLoss(asClassifier(side));
    return { costs, low: 0, high: positive(key, cap ?? LOG_LOSS_BOUND) };
  }
  if (key === 'mae') {
    if (cap === undefined) return undefined;
    return { costs: (side) => absoluteErrors(asRegression(side)), low: 0, high: positive(key, cap) };
  }
  return key === 'mean_score' && typeof bound === 'object' ? scoreCosts(bound) : undefined;
}

function scoreCosts({ low, high }: Range): RowCosts {
  if (!(low < high)) throw badBound('mean_score', high);
  return {
    costs: (side) => scoresWithin(side, { low, high }).map((score) => -score),
    low: -high,
    high: -low,
  };
}

function scoresWithin(sample: Sample, { low, high }: Range): Float64Array {
  if (sample.task !== 'score') throw wrongTask(sample);
  const row = sample.scores.findIndex((score) => !(score >= low && score <= high));
  if (row === -1) return sample.scores;
  throw new KnownGoodError(
    'input',
    `Score ${sample.scores[row]} in row ${row + 1} is outside the declared bound [${low}, ${high}]. Correct the bound or the scores.`,
  );
}

function wrongDecisions(sample: Sample): Float64Array {
  const { labels, decisions } = asClassifier(sample);
  return new Float64Array(labels.length).map((_, row) => (decisions[row] === labels[row] ? 0 : 1));
}

function asClassifier(sample: Sample): Exclude<Sample, { task: 'regression' | 'score' }> {
  if (sample.task === 'regression' || sample.task === 'score') throw wrongTask(sample);
  return sample;
}

function asRegression(sample: Sample): Extract<Sample, { task: 'regression' }> {
  if (sample.task !== 'regression') throw wrongTask(sample);
  return sample;
}

function positive(key: MetricKey, bound: number): number {
  if (bound > 0) return bound;
  throw badBound(key, bound);
}

function badBound(key: MetricKey, seen: number): KnownGoodError {
  return new KnownGoodError(
    'config',
    `The bound of ${key} is no usable limit: saw ${seen}. Give a positive finite number, or a low below a high.`,
  );
}

function wrongTask(sample: Sample): KnownGoodError {
  return new KnownGoodError('internal', `No per-row loss of this metric for task ${sample.task}.`);
}
