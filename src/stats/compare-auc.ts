import { blockLosses, type ScorePair } from './auc-blocks.ts';
import { scaledStakes } from './betting.ts';
import { closedForm, FEWEST_STEPS } from './closed-form.ts';
import { clusteredMoments, type ClusteredMoments, type Clusters } from './clusters.ts';
import { agreementBound, betOn } from './compare-mean.ts';
import { momentsOfMean, placements, type Placements } from './delong.ts';
import type { LossBound } from './loss-bound.ts';
import { growthByError } from './rows-needed.ts';

/** DeLong decides from this many expected misranked rows of the smaller class on: min(P, N)·(1 − AUC). */
export const FEWEST_MISRANKED = 10;

/** Scores of two models with what each row adds to their AUCs. */
export interface RankedPair extends ScorePair {
  before: Placements;
  after: Placements;
}

/** Ranks the rows by the scores of each model. */
export function rankPair(pair: ScorePair): RankedPair {
  const before = placements(pair.labels, pair.champion);
  return { ...pair, before, after: placements(pair.labels, pair.challenger) };
}

/** The loss in AUC, the moments of its error, and the guards' ingredients. */
export interface AucLoss {
  value: number;
  variance: number;
  third: number;
  /** The largest change that one row or cluster could make. */
  step: number;
  /** Rows, or clusters with rows, of the smaller class. */
  smaller: number;
  /** min(P, N)·(1 − the larger AUC). */
  misranked: number;
  /** No row is placed otherwise by the challenger. */
  alike: boolean;
}

/**
 * Bounds of the loss in AUC: paired DeLong with a correction for skewness where the smaller class is large enough for it and the
 * standard error is not small beside what one row can do; otherwise bets on disjoint blocks of rows, and for models that
 * rank all rows alike the exact bound from agreement. `undefined` where a class is absent, or where clusters are
 * too few for DeLong, for which there is no other method.
 */
export function compareAuc(
  pair: RankedPair,
  margin: number,
  clusters: Clusters | undefined,
): LossBound | undefined {
  const loss = aucLoss(pair, clusters);
  if (loss.smaller === 0) return undefined;
  const { alike, smaller, misranked } = loss;
  if (alike && clusters === undefined) return agreementBound({ n: smaller, range: 1, margin });
  const closed = misranked >= FEWEST_MISRANKED ? closedForm({ ...loss, n: smaller }) : undefined;
  if (closed === undefined) return clusters === undefined ? betOnBlocks(pair, loss, margin) : undefined;
  const { low, high } = closed.interval;
  return {
    interval: { low: Math.max(-1, low), high: Math.min(1, high) },
    method: clusters === undefined ? 'DeLong' : 'DeLong by cluster',
    pHarm: closed.pValue(margin),
    growthNeeded: growthByDeLong(loss, margin),
    noVariance: false,
    tooFew: false,
  };
}

/** Bets on the matched blocks; exact at every n. */
function betOnBlocks(pair: ScorePair, loss: AucLoss, margin: number): LossBound {
  const stakes = blockLosses(pair).map((losses) => scaledStakes(losses, { low: -1, high: 1 }));
  const bound = betOn(stakes, 1, { margin, alternative: growthByDeLong(loss, margin) });
  return { ...bound, method: 'betting on blocks of rows' };
}

function growthByDeLong({ value, variance, step, misranked }: AucLoss, margin: number): number | undefined {
  const growth = growthByError(margin - value, Math.sqrt(variance));
  if (growth === undefined || !(misranked > 0 && variance > 0)) return undefined;
  return Math.max(growth, FEWEST_MISRANKED / misranked, (FEWEST_STEPS * step * step) / variance);
}

/** The loss in AUC of n rows, or of rows that come in clusters. */
export function aucLoss({ labels, before, after }: RankedPair, clusters?: Clusters): AucLoss {
  const difference = placementLosses(before, after);
  const moments =
    clusters === undefined ? rowMoments(difference) : clusteredMoments(labels, difference, clusters);
  return {
    ...moments,
    value: difference.auc,
    misranked: moments.smaller * (1 - Math.max(before.auc, after.auc)),
    alike: [difference.positives, difference.negatives].every((side) => side.every((loss) => loss === 0)),
  };
}

function placementLosses(before: Placements, after: Placements): Placements {
  return {
    auc: before.auc - after.auc,
    positives: before.positives.map((share, i) => share - (after.positives[i] as number)),
    negatives: before.negatives.map((share, i) => share - (after.negatives[i] as number)),
  };
}

/** Moments of an AUC, or of a difference of two, from placement values of independent rows. */
export function rowMoments({ positives, negatives }: Placements): ClusteredMoments {
  const above = momentsOfMean(positives);
  const below = momentsOfMean(negatives);
  const smaller = Math.min(positives.length, negatives.length);
  return {
    variance: above.variance + below.variance,
    third: above.third + below.third,
    step: 1 / smaller,
    smaller,
  };
}
