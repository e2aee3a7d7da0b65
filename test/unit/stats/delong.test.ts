import { describe, expect, it } from 'vitest';
import { gatherClusters, clusteredMoments } from '../../../src/stats/clusters.ts';
import { momentsOfMean, placements, type Placements } from '../../../src/stats/delong.ts';
import reference from '../../fixtures/stats/paired.json' with { type: 'json' };

const cases = reference.delong.map((raw) => ({
  labels: Uint8Array.from(raw.labels),
  champion: Float64Array.from(raw.champion),
  challenger: Float64Array.from(raw.challenger),
  clusters: Int32Array.from(raw.clusters),
  raw,
}));

function variance({ positives, negatives }: Placements): number {
  return momentsOfMean(positives).variance + momentsOfMean(negatives).variance;
}

describe('DeLong', () => {
  it.each(cases)(
    'equals the computation over all pairs, ties included',
    ({ labels, champion, challenger, raw }) => {
      [champion, challenger].forEach((scores, side) => {
        const placed = placements(labels, scores);
        expect(placed.auc).toBeCloseTo(raw.aucs[side] as number, 12);
        expect(variance(placed)).toBeCloseTo(raw.variances[side] as number, 12);
      });
    },
  );

  it.each(cases)(
    'paired and clustered variance of the difference',
    ({ labels, champion, challenger, clusters, raw }) => {
      const [a, b] = [placements(labels, champion), placements(labels, challenger)];
      const positives = a.positives.map((share, i) => share - (b.positives[i] ?? NaN));
      const negatives = a.negatives.map((share, i) => share - (b.negatives[i] ?? NaN));
      const difference = { auc: a.auc - b.auc, positives, negatives };
      expect(variance(difference)).toBeCloseTo(raw.pairedVariance, 12);
      const clustered = clusteredMoments(labels, difference, gatherClusters(clusters));
      expect(clustered.variance).toBeCloseTo(raw.clusteredVariance, 12);
    },
  );

  it('with every row its own cluster equals plain DeLong', () => {
    const { labels, champion } = cases[1] as (typeof cases)[number];
    const own = gatherClusters(Int32Array.from(labels.keys(), (row) => 7 - 3 * row));
    const placed = placements(labels, champion);
    const { step, smaller, ...clustered } = clusteredMoments(labels, placed, own);
    const positives = labels.reduce((sum, label) => sum + label, 0);
    expect(clustered.variance).toBeCloseTo(variance(placed), 12);
    expect([step, smaller]).toEqual([1 / positives, positives]);
  });

  it('knows nothing from one row of a class, and no AUC without one', () => {
    const one = placements(Uint8Array.of(1, 0, 0), Float64Array.of(0.5, 0.2, 0.5));
    expect([one.auc, variance(one)]).toEqual([0.75, Infinity]);
    expect(placements(Uint8Array.of(0, 0), Float64Array.of(0.5, 0.2)).auc).toBeNaN();
  });
});
