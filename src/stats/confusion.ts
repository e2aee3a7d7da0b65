import type { BinarySample, MulticlassSample } from '../core/task.ts';

/** Rows by label and decision; the four add up to n. */
export interface Confusion {
  truePositives: number;
  falsePositives: number;
  trueNegatives: number;
  falseNegatives: number;
}

/** Counts of the decisions of a binary sample against its labels. */
export function confusion({ labels, decisions }: BinarySample): Confusion {
  const counts = [0, 0, 0, 0];
  for (let row = 0; row < labels.length; row++) {
    const cell = 2 * (labels[row] ?? NaN) + (decisions[row] ?? NaN);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const [trueNegatives = 0, falsePositives = 0, falseNegatives = 0, truePositives = 0] = counts;
  return { truePositives, falsePositives, trueNegatives, falseNegatives };
}

/** Counts for each of k classes, each array k long; a class may be absent from labels and decisions alike. */
export interface ClassCounts {
  /** Rows with this label. */
  labelled: Float64Array;
  /** Rows decided for this class. */
  decided: Float64Array;
  /** Rows with this label that were decided for it. */
  right: Float64Array;
}

/** Counts of the decisions of a multiclass sample against its labels, class by class. */
export function classCounts({ classCount, labels, decisions }: MulticlassSample): ClassCounts {
  const [labelled, decided, right] = [0, 1, 2].map(() => new Float64Array(classCount)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] ?? NaN;
    const decision = decisions[row] ?? NaN;
    labelled[label] = (labelled[label] ?? 0) + 1;
    decided[decision] = (decided[decision] ?? 0) + 1;
    if (label === decision) right[label] = (right[label] ?? 0) + 1;
  }
  return { labelled, decided, right };
}
