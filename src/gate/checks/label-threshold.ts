import type { Answers } from '../mapping/answers.ts';
import type { BinaryScheme } from '../mapping/to-sample.ts';
import { positiveColumn } from '../mapping/to-sample.ts';

/** Numbers this close to a threshold fall on either side of it: float32 and its decimals. */
const EDGE = 1e-6;

/** Where the labels of two classes part: every negative one is at most `low`, every positive one at least `high`. */
export interface Parting {
  low: number;
  high: number;
}

/** Whether labels are decisions at one threshold, and between which probabilities of the positive class it lies; `undefined` where they are not, or only one class is given. */
export function partingOf(
  answers: Answers,
  labels: readonly string[],
  scheme: BinaryScheme,
): Parting | undefined {
  const column = positiveColumn(answers.width, scheme) ?? -1;
  if (column < 0) return undefined;
  const parting = { low: -Infinity, high: Infinity };
  for (const [row, label] of labels.entries()) {
    const value = answers.numbers[row * answers.width + column] ?? Number.NaN;
    if (label === scheme.negative) parting.low = Math.max(parting.low, value);
    else if (label === scheme.positive) parting.high = Math.min(parting.high, value);
    else return undefined;
  }
  const parted = Number.isFinite(parting.low) && Number.isFinite(parting.high);
  return parted && parting.low - EDGE < parting.high ? parting : undefined;
}

/** Whether decisions at the threshold part there. */
export function partsAt({ low, high }: Parting, threshold: number): boolean {
  return low - EDGE < threshold && threshold < high + EDGE;
}

/** The number of the fewest decimals between the two. */
export function shortestBetween({ low, high }: Parting): number {
  for (let digits = 1; digits <= 12; digits++) {
    const rounded = Number(((low + high) / 2).toFixed(digits));
    if (rounded > low && rounded <= high) return rounded;
  }
  return high;
}
