import type { MetricKey } from '../../core/metric.ts';
import { comparePairedBy, type Comparison, type PairedOptions } from '../compare-paired.ts';
import type { SamplePair } from '../paired-losses.ts';
import { aucLossAtEveryLook } from './auc-at-every-look.ts';
import { meanLossAtEveryLook } from './mean-at-every-look.ts';

/** What may be lost, and the plan of the looks. */
export interface EveryLookOptions extends Omit<PairedOptions, 'clusters'> {
  /** Rows at which the bounds are tightest, ≥ 1, fixed before the first look; looks may be fewer or go on beyond. */
  planned: number;
}

/**
 * Non-inferiority on the same rows, looked at again and again while rows are added: `pass` iff the one-sided upper bound of the loss is within the
 * margin, `fail` iff its lower bound is beyond it, else `hold`. At a true loss equal to the margin, each of pass and fail comes up at any look, ever, in
 * at most 5 % of cases: proved for means of rows, measured for the AUC, which holds (`too-few-rows`) below 10 misranked rows of the smaller class.
 * Each look must hold the rows of the one before. Rows are independent: there are no clusters here, since an entity that gains rows between two looks is another
 * one at the second. Errors as of `comparePaired`.
 */
export function comparePairedAtEveryLook(
  key: MetricKey,
  pair: SamplePair,
  options: EveryLookOptions,
): Comparison {
  const { planned } = options;
  return comparePairedBy({ key, pair, options }, (margin) => ({
    ofAuc: (ranked) => aucLossAtEveryLook(ranked, { margin, planned }),
    ofRows: (rows) => meanLossAtEveryLook(rows, { margin, planned }),
  }));
}
