import type { MetricKey } from '../../core/metric.ts';
import { rowCount, type Sample } from '../../core/task.ts';
import type { Range } from '../betting.ts';
import { computeMetric } from '../compute-metric.ts';
import { estimateBy, type Intervals } from '../direct-estimate.ts';
import { type Estimate, noInterval } from '../estimate.ts';
import type { QuantileInterval } from '../quantile.ts';
import { aucAtEveryLook } from './auc-at-every-look.ts';
import { meanAtEveryLook } from './mean-at-every-look.ts';
import { quantileRanksAtEveryLook } from './quantile-ranks.ts';
import { shareAtEveryLook } from './share-at-every-look.ts';

/** The plan of the looks, and what is known about the values. */
export interface EstimatePlan {
  /** Rows at which the bounds are tightest, ≥ 1, fixed before the first look. */
  planned: number;
  /** Largest absolute error (mae, rmse, bias), log loss (default: all of it) or absolute score, or the range of the scores. */
  bound?: number | Range | undefined;
}

/**
 * A metric of one model with bounds that hold at all looks together, each one-sided at 95 %: shares, F1, ROC-AUC, means of bounded values, the median
 * error. Without an interval, and so without a proof, for all others, below the rows that the AUC and the median need, and where a mean has no bound.
 * NaN and no interval where the metric is undefined. Throws `internal` for a metric that the task does not have.
 */
export function estimateAtEveryLook(
  key: MetricKey,
  sample: Sample,
  { planned, bound }: EstimatePlan,
): Estimate {
  const n = rowCount(sample);
  if (n === 0) return { value: NaN, n, ...noInterval('none', 'The metric is undefined on these rows.') };
  const estimate = estimateBy(intervalsOf(planned), key, { sample, bound });
  if (estimate !== undefined) return estimate;
  const why =
    key === 'mean_score'
      ? 'a single score has no bound of its own, and a sample is none: set bound to the range of the scores.'
      : 'No bounds of this metric are known that hold at every look.';
  return { value: computeMetric(key, sample), n, ...noInterval('none', why) };
}

function intervalsOf(planned: number): Intervals {
  return {
    auc: (sample) => aucAtEveryLook(sample, planned),
    share: (count, n) =>
      n === 0
        ? noInterval(SHARE, 'No row counts: the metric is undefined.')
        : { interval: shareAtEveryLook({ count, n, planned }), method: SHARE },
    mean: (values, range) => meanAtEveryLook(values, range, planned),
    median: (sorted) => medianAtEveryLook(sorted, planned),
  };
}

const SHARE = 'betting on counts, valid at every look';

function medianAtEveryLook(sorted: Float64Array, planned: number): QuantileInterval {
  const ranks = quantileRanksAtEveryLook({ n: sorted.length, fraction: 0.5, planned });
  return { low: ranks && sorted[ranks.low - 1], high: ranks && sorted[ranks.high - 1] };
}
