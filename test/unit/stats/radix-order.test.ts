import { describe, expect, it } from 'vitest';
import { averagePrecision } from '../../../src/stats/average-precision.ts';
import { placements } from '../../../src/stats/delong.ts';
import { radixOrder } from '../../../src/stats/radix-order.ts';
import { rocAuc } from '../../../src/stats/roc-auc.ts';
import { seededRandom } from '../../../src/stats/random.ts';

const random = seededRandom(11);

/** Scores that a sort by their bits could get wrong. */
const KINDS: Record<string, () => number> = {
  'of all sizes and both signs': () => (random.uniform() - 0.5) * 10 ** (random.below(600) - 300),
  'with ties': () => random.below(5) - 2,
  '32-bit floats': () => Math.fround(random.uniform()),
  'tiny, and both zeros': () => [0, -0, 5e-324, -5e-324, 1e-310, -1e-310][random.below(6)] as number,
  'some of them alike in the upper half of their bits': () =>
    1 + random.below(200) / 256 + random.below(1000) * 2 ** -50,
  'alike in the upper half of their bits': () => 0.5 + random.below(1000) * 2 ** -50,
};

describe.each(Object.entries(KINDS))('scores %s', (_, draw) => {
  const scores = Float64Array.from({ length: 700 }, draw);
  const labels = Uint8Array.from(scores, () => random.below(2));

  it('are put in ascending order, rows of equal ones in their own', () => {
    const { tags } = radixOrder(scores, Uint32Array.from(scores.keys()));
    const rows = Array.from(scores.keys()).sort(
      (a, b) => (scores[a] as number) - (scores[b] as number) || a - b,
    );
    expect(Array.from(tags)).toEqual(rows);
  });

  it('are placed as the pairs of rows say', () => {
    const { auc, positives, negatives } = placements(labels, scores);
    const of = (label: number): number[] => Array.from(scores).filter((_, row) => labels[row] === label);
    const won = (score: number, others: number[]): number =>
      others.reduce((sum, other) => sum + (Math.sign(score - other) + 1) / 2, 0) / others.length;
    of(1).forEach((score, i) => expect(positives[i]).toBeCloseTo(won(score, of(0)), 13));
    of(0).forEach((score, i) => expect(negatives[i]).toBeCloseTo(1 - won(score, of(1)), 13));
    expect(auc).toBe(rocAuc(labels, scores));
    // The one is remembered from the ranking, the other sorts anew.
    expect(averagePrecision(labels, scores)).toBeCloseTo(averagePrecision(labels, scores.slice()), 13);
  });
});

it('no rows have no order', () => {
  expect(radixOrder(new Float64Array(), new Uint32Array()).tags).toEqual(new Uint32Array());
});
