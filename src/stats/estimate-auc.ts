import type { BinarySample } from '../core/task.ts';
import { delongVariance } from './delong.ts';
import { normalQuantile } from './distributions.ts';
import { type Estimate, type IntervalResult, noInterval } from './estimate.ts';
import { ONE_SIDED } from './interval.ts';

const METHOD = 'DeLong, logit scale';
const FEWEST = 10;

/**
 * ROC-AUC with DeLong's standard error (1988) carried to the logit scale (Pepe 2003, §5.2.2), so that the bounds stay in (0, 1).
 * No interval unless min(positives, negatives) · (1 − AUC) ≥ 10: below that, the bounds miss their level.
 */
export function estimateAuc({ labels, scores }: BinarySample): Estimate {
  const { auc, variance } = delongVariance(labels, scores);
  let positives = 0;
  for (const label of labels) positives += label;
  const smaller = Math.min(positives, labels.length - positives);
  return { value: auc, n: labels.length, ...bounds({ auc, variance, smaller }) };
}

function bounds({
  auc,
  variance,
  smaller,
}: {
  auc: number;
  variance: number;
  smaller: number;
}): IntervalResult {
  if (smaller === 0) return noInterval(METHOD, 'One class is absent: the metric is undefined.');
  const worth = smaller * (1 - auc);
  if (!(worth >= FEWEST)) {
    const why = `The smaller class has ${smaller} rows, too few for an AUC this high: smaller class × (1 − AUC) is ${worth.toFixed(1)}, and ${FEWEST} are needed.`;
    return noInterval(METHOD, why);
  }
  const error = Math.sqrt(variance) / (auc * (1 - auc));
  if (!(error > 0 && Number.isFinite(error))) {
    return noInterval(METHOD, 'The scores do not vary enough to say how sure the AUC is.');
  }
  const centre = Math.log(auc / (1 - auc));
  const half = normalQuantile(ONE_SIDED) * error;
  return { interval: { low: logistic(centre - half), high: logistic(centre + half) }, method: METHOD };
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
