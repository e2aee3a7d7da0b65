import { describe, expect, it } from 'vitest';
import type { BinarySample } from '../../../src/core/task.ts';
import { lossUnits, compareMean } from '../../../src/stats/compare-mean.ts';
import { comparePaired } from '../../../src/stats/compare-paired.ts';
import { gatherClusters } from '../../../src/stats/clusters.ts';
import { seededRandom } from '../../../src/stats/random.ts';

function sample(
  rows: number,
  seed: number,
  copies: number,
): { champion: BinarySample; challenger: BinarySample; clusters: Int32Array } {
  const random = seededRandom(seed);
  const draws = Array.from({ length: rows }, (_, row) => {
    const label = row % 2;
    const score = 0.3 + 0.25 * label + 0.3 * random.uniform();
    return { label, score, other: Math.min(1, Math.max(0, score + 0.2 * (random.uniform() - 0.5))) };
  });
  const repeated = draws.flatMap((draw, id) => Array.from({ length: copies }, () => ({ ...draw, id })));
  const side = (scores: number[]): BinarySample => ({
    task: 'binary-classification',
    labels: Uint8Array.from(repeated, ({ label }) => label),
    scores: Float64Array.from(scores),
    decisions: Uint8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0)),
  });
  return {
    champion: side(repeated.map(({ score }) => score)),
    challenger: side(repeated.map(({ other }) => other)),
    clusters: Int32Array.from(repeated, ({ id }) => id * 1000 - 7),
  };
}

describe('clusters', () => {
  it.each([
    [200, 'brier'],
    [1500, 'brier'],
    [1500, 'log_loss'],
    [3000, 'roc_auc'],
  ] as const)(
    '%i rows, %s: four copies of each row, clustered, prove no more than the rows alone',
    (rows, key) => {
      const alone = sample(rows, 9, 1);
      const copied = sample(rows, 9, 4);
      const one = comparePaired(key, alone, { margin: 0.05 });
      const four = comparePaired(key, copied, { margin: 0.05, clusters: copied.clusters });
      const naive = comparePaired(key, copied, { margin: 0.05 });
      const width = ({ interval }: typeof one): number => (interval?.high ?? NaN) - (interval?.low ?? NaN);
      expect(width(four) / width(one)).toBeCloseTo(1, 1);
      expect(width(naive)).toBeLessThan(0.85 * width(four));
      expect(four.n).toBe(4 * rows);
    },
  );

  it('unequal sizes: the estimate stays the mean over rows, and the interval holds it', () => {
    const losses = Float64Array.from({ length: 90 }, (_, row) => ((row * 13) % 9) / 40 - 0.1);
    const ids = Int32Array.from(losses.keys(), (row) => Math.floor(Math.sqrt(row)));
    const clusters = gatherClusters(ids);
    const { interval } = compareMean(lossUnits(losses, 1, clusters), 0.1);
    const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
    expect(clusters.count).toBe(10);
    expect([...clusters.sizes].slice(0, 3)).toEqual([1, 3, 5]);
    expect(interval.low).toBeLessThan(mean);
    expect(interval.high).toBeGreaterThan(mean);
    expect(interval.low).toBeGreaterThanOrEqual(-1);
  });

  it.each([
    ['alike: none is larger than those seen', [0, 0, 1, 1, 2, 2], 1],
    ['different: twice the largest seen is taken to exist', [0, 1, 1, 2, 2, 2], 0.5],
  ])('sizes are %s', (_, ids, heaviest) => {
    const { totals, weights } = lossUnits(
      Float64Array.of(1, 0, 0, 0, 1, 1),
      1,
      gatherClusters(Int32Array.from(ids)),
    );
    const sum = (values: Float64Array | undefined) => values?.reduce((all, value) => all + value, 0) ?? NaN;
    expect(Math.max(...(weights ?? []))).toBe(heaviest);
    expect(sum(totals) / sum(weights)).toBeCloseTo(0.5, 12);
  });

  it('too few clusters for DeLong hold', () => {
    const { champion, challenger, clusters } = sample(16, 2, 30);
    expect(comparePaired('roc_auc', { champion, challenger }, { margin: 0.2, clusters })).toMatchObject({
      decision: 'hold',
      reason: 'too-few-rows',
    });
  });
});
