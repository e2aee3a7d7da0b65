import type { BinarySample, MulticlassSample } from '../core/task.ts';
import { rightDecisions } from './accuracy.ts';
import { clopperPearson } from './clopper-pearson.ts';
import { confusion } from './confusion.ts';
import { type Estimate, type IntervalResult, noInterval } from './estimate.ts';
import { f1 } from './f1.ts';

/** Bounds of a share, `successes` of `n`; no interval for n = 0. */
export type ShareBounds = (successes: number, n: number) => IntervalResult;

/** Accuracy of n rows with exact bounds. */
export function estimateAccuracy(
  sample: BinarySample | MulticlassSample,
  bounds: ShareBounds = exactBounds,
): Estimate {
  return share({ successes: rightDecisions(sample), n: sample.labels.length }, bounds);
}

/** Precision with exact bounds, given the number of positive decisions; NaN where there are none. */
export function estimatePrecision(sample: BinarySample, bounds: ShareBounds = exactBounds): Estimate {
  const { truePositives, falsePositives } = confusion(sample);
  return share({ successes: truePositives, n: truePositives + falsePositives }, bounds);
}

/** Recall with exact bounds, given the number of positive rows; NaN where there are none. */
export function estimateRecall(sample: BinarySample, bounds: ShareBounds = exactBounds): Estimate {
  const { truePositives, falseNegatives } = confusion(sample);
  return share({ successes: truePositives, n: truePositives + falseNegatives }, bounds);
}

/**
 * F1 with exact bounds: among rows that are positive or decided so, the share of true positives J is binomial, and F1 = 2J / (1 + J)
 * grows with J, so that the bounds of J become bounds of F1. NaN where there is no such row.
 */
export function estimateF1(sample: BinarySample, bounds: ShareBounds = exactBounds): Estimate {
  const counts = confusion(sample);
  const { truePositives, falsePositives, falseNegatives } = counts;
  const estimate = share(
    { successes: truePositives, n: truePositives + falsePositives + falseNegatives },
    bounds,
  );
  const fromShare = (bound: number) => (2 * bound) / (1 + bound);
  const interval = estimate.interval && {
    low: fromShare(estimate.interval.low),
    high: fromShare(estimate.interval.high),
  };
  return { ...estimate, value: f1(counts), interval };
}

function share({ successes, n }: { successes: number; n: number }, bounds: ShareBounds): Estimate {
  return { value: successes / n, n, ...bounds(successes, n) };
}

/** Bounds by Clopper & Pearson. */
export function exactBounds(successes: number, n: number): IntervalResult {
  const method = 'Clopper–Pearson';
  const interval = clopperPearson(successes, n);
  return interval ? { interval, method } : noInterval(method, 'No row counts: the metric is undefined.');
}
