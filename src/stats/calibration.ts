import type { BinarySample, MulticlassSample } from '../core/task.ts';

/** Rows whose confidence lies in [low, high), the last bin with its upper end. */
export interface ReliabilityBin {
  low: number;
  high: number;
  count: number;
  /** Mean predicted probability of the bin's rows; NaN when it has none. */
  meanPrediction: number;
  /** Share of the bin's rows where the event happened; NaN when it has none. */
  observedRate: number;
}

const BINS = 10;

/**
 * Ten equal-width bins, bin = min(⌊10p⌋, 9). Binary: p is the probability of the positive class and the event is a positive label;
 * multiclass: p is the probability of the decided class (top label) and the event is that it was right.
 */
export function reliabilityBins(sample: BinarySample | MulticlassSample): ReliabilityBin[] {
  const counts = new Float64Array(BINS);
  const predicted = new Float64Array(BINS);
  const events = new Float64Array(BINS);
  const { labels, scores } = sample.task === 'binary-classification' ? sample : topLabel(sample);
  for (let row = 0; row < labels.length; row++) {
    const confidence = scores[row] ?? NaN;
    const bin = Math.min(Math.floor(BINS * confidence), BINS - 1);
    counts[bin] = (counts[bin] ?? 0) + 1;
    predicted[bin] = (predicted[bin] ?? 0) + confidence;
    events[bin] = (events[bin] ?? 0) + (labels[row] ?? NaN);
  }
  return Array.from(counts, (count, bin) => ({
    low: bin / BINS,
    high: (bin + 1) / BINS,
    count,
    meanPrediction: (predicted[bin] ?? NaN) / count,
    observedRate: (events[bin] ?? NaN) / count,
  }));
}

/**
 * Expected calibration error in [0, 1] (Guo et al. 2017, equation 3): the mean distance between predicted probability and
 * observed rate over the reliability bins, weighted by their rows. NaN for no rows.
 */
export function calibrationError(sample: BinarySample | MulticlassSample): number {
  const rows = sample.labels.length;
  if (rows === 0) return NaN;
  return reliabilityBins(sample)
    .filter((bin) => bin.count > 0)
    .reduce((sum, bin) => sum + (bin.count / rows) * Math.abs(bin.meanPrediction - bin.observedRate), 0);
}

/** A multiclass sample as the binary question whether each decision is right, scored by the probability of the decided class. */
export function topLabel({ labels, decisions, probabilities, classCount }: MulticlassSample): BinarySample {
  const n = labels.length;
  return {
    task: 'binary-classification',
    labels: new Uint8Array(n).map((_, row) => (labels[row] === decisions[row] ? 1 : 0)),
    scores: new Float64Array(n).map(
      (_, row) => probabilities[row * classCount + (decisions[row] ?? NaN)] ?? NaN,
    ),
    decisions: new Uint8Array(n).fill(1),
  };
}
