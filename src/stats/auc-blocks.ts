import { seededRandom } from './random.ts';

/** Scores of two models on the same rows with 0/1 labels. */
export interface ScorePair {
  labels: Uint8Array;
  champion: Float64Array;
  challenger: Float64Array;
}

/** Most values over all arrangements, which bounds the work of the bets. */
const MOST_VALUES = 100_000;
const MOST_ARRANGEMENTS = 8;
const SEED = 1;

/**
 * The loss in AUC as a mean of independent bounded values: each row of the smaller class is matched with a block of rows of
 * the larger one that no other row shares, and its value in [−1, 1] is the champion's minus the challenger's share of
 * rightly ranked pairs. Several seeded matchings, each with min(positives, negatives) values; rows are put in the order of
 * their scores first, so that the order of the file does not matter. None where a class is absent.
 */
export function blockLosses(pair: ScorePair): Float64Array[] {
  const positives = orderedRows(pair, 1);
  const negatives = orderedRows(pair, 0);
  const [few, many] = positives.length <= negatives.length ? [positives, negatives] : [negatives, positives];
  if (few.length === 0) return [];
  const arrangements = Math.max(1, Math.min(MOST_ARRANGEMENTS, Math.floor(MOST_VALUES / few.length)));
  const random = seededRandom(SEED);
  return Array.from({ length: arrangements }, () => {
    shuffle(many, (n) => random.below(n));
    return matchedLosses(pair, few, many);
  });
}

function matchedLosses(pair: ScorePair, few: Uint32Array, many: Uint32Array): Float64Array {
  const block = Math.floor(many.length / few.length);
  return Float64Array.from(few, (row, i) => {
    let lost = 0;
    for (let j = i * block; j < (i + 1) * block; j++) lost += pairLoss(pair, row, many[j] as number);
    return lost / block;
  });
}

/** 1, ½, 0 for a pair ranked rightly, tied, wrongly by the champion, minus the same for the challenger. */
function pairLoss({ labels, champion, challenger }: ScorePair, row: number, other: number): number {
  const sign = labels[row] === 1 ? 0.5 : -0.5;
  const before = Math.sign((champion[row] as number) - (champion[other] as number));
  const after = Math.sign((challenger[row] as number) - (challenger[other] as number));
  return sign * (before - after);
}

function orderedRows({ labels, champion, challenger }: ScorePair, label: 0 | 1): Uint32Array {
  const rows = Uint32Array.from(labels.keys()).filter((row) => labels[row] === label);
  return rows.sort(
    (a, b) =>
      (champion[a] as number) - (champion[b] as number) ||
      (challenger[a] as number) - (challenger[b] as number),
  );
}

function shuffle(rows: Uint32Array, below: (n: number) => number): void {
  for (let i = rows.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [rows[i], rows[j]] = [rows[j] as number, rows[i] as number];
  }
}
