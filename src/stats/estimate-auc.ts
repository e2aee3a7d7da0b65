import type { BinarySample } from '../core/task.ts';
import { blockLosses } from './auc-blocks.ts';
import { boundsOf, scaledStakes } from './betting.ts';
import { closedForm } from './closed-form.ts';
import { FEWEST_MISRANKED } from './compare-auc.ts';
import { momentsOfMean, placements, type Placements } from './delong.ts';
import { type Estimate, type IntervalResult, noInterval } from './estimate.ts';
import { type Interval, ONE_SIDED } from './interval.ts';

const METHOD = 'DeLong';

/**
 * ROC-AUC with the bounds of the comparison of two: DeLong's standard error (1988) with a correction for skewness, where the smaller
 * class is large enough for it, min(positives, negatives) · (1 − AUC) ≥ 10, and the standard error is not small beside what one
 * row can do; otherwise bets on disjoint blocks of rows, valid at every n. `clustered` rows are not independent: no interval then.
 */
export function estimateAuc(sample: BinarySample, { clustered }: { clustered: boolean }): Estimate {
  const placed = placements(sample.labels, sample.scores);
  const estimate = { value: placed.auc, n: sample.labels.length };
  if (Number.isNaN(placed.auc))
    return { ...estimate, ...noInterval(METHOD, 'One class is absent: the metric is undefined.') };
  const interval = delongInterval(placed);
  if (interval !== undefined) return { ...estimate, interval, method: METHOD };
  return { ...estimate, ...(clustered ? tooFew(placed) : betOnBlocks(sample, placed.auc)) };
}

function delongInterval(placed: Placements): Interval | undefined {
  const smaller = smallerClass(placed);
  if (!(smaller * (1 - placed.auc) >= FEWEST_MISRANKED)) return undefined;
  const above = momentsOfMean(placed.positives);
  const below = momentsOfMean(placed.negatives);
  const closed = closedForm({
    value: placed.auc,
    variance: above.variance + below.variance,
    third: above.third + below.third,
    step: 1 / smaller,
    n: smaller,
  });
  return closed && { low: Math.max(0, closed.interval.low), high: Math.min(1, closed.interval.high) };
}

/**
 * The AUC is ½ and what the scores gain over one score for all rows: a loss in [−½, ½] that the blocks of a comparison bound. The
 * interval is widened to reach the AUC of all rows, since blocks of equal size leave some rows out.
 */
function betOnBlocks({ labels, scores }: BinarySample, auc: number): IntervalResult {
  const range = { low: -0.5, high: 0.5 };
  const losses = blockLosses({ labels, champion: new Float64Array(labels.length), challenger: scores });
  const stakes = losses.map((values) => scaledStakes(values, range));
  const { low, high } = boundsOf(stakes, range, 1 - ONE_SIDED);
  const interval = { low: Math.min(auc, 0.5 - high), high: Math.max(auc, 0.5 - low) };
  return { interval, method: 'betting on blocks of rows' };
}

function tooFew(placed: Placements): IntervalResult {
  const smaller = smallerClass(placed);
  const worth = smaller * (1 - placed.auc);
  const why =
    worth >= FEWEST_MISRANKED
      ? 'The scores vary too little between rows to say how sure the AUC of clustered rows is.'
      : `The smaller class has ${smaller} rows, too few for an AUC this high in clusters: smaller class × (1 − AUC) is ${worth.toFixed(1)}, and ${FEWEST_MISRANKED} are needed.`;
  return noInterval(METHOD, why);
}

function smallerClass({ positives, negatives }: Placements): number {
  return Math.min(positives.length, negatives.length);
}
