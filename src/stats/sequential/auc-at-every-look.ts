import type { BinarySample } from '../../core/task.ts';
import { closedForm, FEWEST_STEPS, type ClosedForm } from '../closed-form.ts';
import { aucLoss, FEWEST_MISRANKED, rowMoments, type AucLoss, type RankedPair } from '../compare-auc.ts';
import { placements } from '../delong.ts';
import { normalQuantile, studentQuantile } from '../distributions.ts';
import { type Estimate, noInterval } from '../estimate.ts';
import { ONE_SIDED } from '../interval.ts';
import type { LossBound } from '../loss-bound.ts';
import { POWER } from '../rows-needed.ts';
import { mixtureMultiplier, mixturePValue, type Look } from './normal-mixture.ts';

const METHOD = 'DeLong with a normal mixture, valid at every look';

/**
 * DeLong's part of the 5 %. The rest goes to models that rank all rows alike: those are judged by the exact bound from agreement, and a pair
 * that differs now was perhaps alike at the first looks.
 */
const DELONG_PART = 0.9;
const DELONG = DELONG_PART * (1 - ONE_SIDED);
const AGREEMENT = (1 - DELONG_PART) * (1 - ONE_SIDED);

/**
 * Bounds of the loss in AUC for all looks together: DeLong's paired standard error, with the skewness correction, as many times as a
 * normal mixture asks for. All that there can be, [−1, 1], below 10 misranked rows of the smaller class: bets on blocks of rows, which decide there at a single look,
 * are others at the next one. `undefined` where a class is absent.
 */
export function aucLossAtEveryLook(
  ranked: RankedPair,
  { margin, planned }: { margin: number; planned: number },
): LossBound | undefined {
  const loss = aucLoss(ranked);
  if (loss.smaller === 0) return undefined;
  if (loss.alike) return alikeBound(loss.smaller, margin);
  const look = { n: ranked.labels.length, planned };
  const growthNeeded = growthByDeLong(loss, look, margin);
  const closed = closedAtEveryLook(loss, look);
  if (closed === undefined) {
    const method = `none below ${FEWEST_MISRANKED} misranked rows of the smaller class, valid at every look`;
    return {
      interval: { low: -1, high: 1 },
      method,
      pHarm: 1,
      growthNeeded,
      noVariance: false,
      tooFew: true,
    };
  }
  const { low, high } = closed.interval;
  const z = closed.quantilesAbove(margin) * normalQuantile(ONE_SIDED);
  return {
    interval: { low: Math.max(-1, low), high: Math.min(1, high) },
    method: METHOD,
    pHarm: Math.min(1, mixturePValue(look, z) / DELONG_PART),
    growthNeeded,
    noVariance: false,
    tooFew: false,
  };
}

/** ROC-AUC with bounds for all looks together; no interval below 10 misranked rows of the smaller class. */
export function aucAtEveryLook({ labels, scores }: BinarySample, planned: number): Estimate {
  const placed = placements(labels, scores);
  const estimate = { value: placed.auc, n: labels.length };
  if (Number.isNaN(placed.auc))
    return { ...estimate, ...noInterval(METHOD, 'One class is absent: the metric is undefined.') };
  const moments = rowMoments(placed);
  const misranked = moments.smaller * (1 - placed.auc);
  const look = { n: labels.length, planned };
  const closed = closedAtEveryLook({ ...moments, value: placed.auc, misranked }, look);
  if (closed === undefined) {
    const why = `The smaller class has ${moments.smaller} rows, too few for an AUC this high at every look: smaller class × (1 − AUC) is ${misranked.toFixed(1)}, and ${FEWEST_MISRANKED} are needed.`;
    return { ...estimate, ...noInterval(METHOD, why) };
  }
  const { low, high } = closed.interval;
  return { ...estimate, interval: { low: Math.max(0, low), high: Math.min(1, high) }, method: METHOD };
}

/**
 * The quantile of a single look with its degrees of freedom, stretched as the mixture stretches that of the normal distribution. A
 * variance below the fewest steps is taken for them: then the bound is at least 7 steps away, and so many rows that are ranked quite otherwise are not missed.
 */
function closedAtEveryLook(estimate: Omit<AucLoss, 'alike'>, look: Look): ClosedForm | undefined {
  const { variance, step, misranked, smaller } = estimate;
  if (!(misranked >= FEWEST_MISRANKED)) return undefined;
  // A hair more, lest rounding undoes it.
  const least = FEWEST_STEPS * (1 + 1e-12) * step * step;
  const stretch = mixtureMultiplier(look, DELONG) / normalQuantile(ONE_SIDED);
  return closedForm({ ...estimate, variance: Math.max(variance, least), n: smaller }, stretch);
}

/** Models that rank n pairs of a positive and a negative alike differ on at most 1 − α^(1/n) of them: so they were at every look before. */
function alikeBound(n: number, margin: number): LossBound {
  const most = -Math.expm1(Math.log(AGREEMENT) / n);
  const growthNeeded = margin > 0 && margin < 1 ? Math.log(AGREEMENT) / Math.log1p(-margin) / n : undefined;
  return {
    interval: { low: -most, high: most },
    method: 'agreement, valid at every look',
    pHarm: 1,
    growthNeeded,
    noVariance: true,
    tooFew: false,
  };
}

/** The largest multiple of the rows that is thought of. */
const MOST_GROWTH = 2 ** 30;

/** Multiple of the rows at which DeLong decides and passes with 80 % power, when rows like these go on coming. */
function growthByDeLong(
  { value, variance, step, misranked }: AucLoss,
  { n, planned }: Look,
  margin: number,
): number | undefined {
  if (!(margin - value > 0 && misranked > 0 && Number.isFinite(variance))) return undefined;
  const passes = (growth: number): boolean => {
    const steps = Math.max(FEWEST_STEPS, (growth * variance) / (step * step));
    const stretch = mixtureMultiplier({ n: n * growth, planned }, DELONG) / normalQuantile(ONE_SIDED);
    const quantiles = stretch * studentQuantile(ONE_SIDED, steps) + normalQuantile(POWER);
    return quantiles * Math.sqrt(steps) * step <= (margin - value) * growth;
  };
  if (!passes(MOST_GROWTH)) return undefined;
  let [low, high] = [0, Math.log2(MOST_GROWTH)];
  for (let round = 0; round < 40; round++) {
    const middle = (low + high) / 2;
    if (passes(2 ** middle)) high = middle;
    else low = middle;
  }
  return Math.max(2 ** high, FEWEST_MISRANKED / misranked);
}
