import type { BinarySample, MulticlassSample } from '../core/task.ts';

/** Number of rows whose decision equals the label. */
export function rightDecisions({ labels, decisions }: BinarySample | MulticlassSample): number {
  let right = 0;
  for (let row = 0; row < labels.length; row++) if (labels[row] === decisions[row]) right++;
  return right;
}

/** Share of rows whose decision equals the label, in [0, 1]; NaN for no rows. */
export function accuracy(sample: BinarySample | MulticlassSample): number {
  return rightDecisions(sample) / sample.labels.length;
}
