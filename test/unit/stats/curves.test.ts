import { describe, expect, it } from 'vitest';
import { reliabilityBins } from '../../../src/stats/calibration.ts';
import { meanOf, sumOf } from '../../../src/stats/compensated-sum.ts';
import { seededRandom } from '../../../src/stats/random.ts';
import { rocAuc } from '../../../src/stats/roc-auc.ts';
import { rocCurve } from '../../../src/stats/roc-curve.ts';
import { binarySample, multiclassSample } from './samples.ts';

function drawn(n: number, share: number) {
  const random = seededRandom(11);
  const labels = Array.from({ length: n }, () => (random.uniform() < share ? 1 : 0));
  return binarySample({ labels, scores: labels.map((label) => (random.uniform() + 0.3 * label) / 1.3) });
}

function areaUnder(points: ReturnType<typeof rocCurve>): number {
  return points.slice(1).reduce((sum, point, index) => {
    const before = points[index] ?? point;
    const width = point.falsePositiveRate - before.falsePositiveRate;
    return sum + (width * (point.truePositiveRate + before.truePositiveRate)) / 2;
  }, 0);
}

describe('rocCurve', () => {
  it.each([
    [20_000, 0.5, 2e-4],
    [20_000, 0.01, 1e-3],
    [1000, 0.2, 1e-3],
    [100, 0.3, 1e-12],
  ])(
    '%d rows, %d positive: ends, order, at most 200 points, area of the AUC within %d',
    (n, share, tolerance) => {
      const { labels, scores } = drawn(n, share);
      const points = rocCurve(labels, scores);
      expect(points.length).toBeLessThanOrEqual(200);
      expect(points[0]).toEqual({ falsePositiveRate: 0, truePositiveRate: 0 });
      expect(points.at(-1)).toEqual({ falsePositiveRate: 1, truePositiveRate: 1 });
      for (const key of ['falsePositiveRate', 'truePositiveRate'] as const) {
        const rates = points.map((point) => point[key]);
        expect(rates).toEqual(rates.toSorted((a, b) => a - b));
      }
      expect(Math.abs(areaUnder(points) - rocAuc(labels, scores))).toBeLessThan(tolerance);
    },
  );

  it('goes straight for one tied score', () => {
    expect(rocCurve(Uint8Array.of(0, 1, 1), Float64Array.of(0.4, 0.4, 0.4))).toHaveLength(2);
  });

  it('is empty when one class is absent', () => {
    expect(rocCurve(Uint8Array.of(1, 1), Float64Array.of(0.1, 0.2))).toEqual([]);
  });
});

describe('reliabilityBins', () => {
  it('puts both 0.9 and 1 into the last of ten bins', () => {
    const bins = reliabilityBins(binarySample({ labels: [1, 0, 0], scores: [1, 0.9, 0.05] }));
    expect(bins).toHaveLength(10);
    expect(bins[9]).toEqual({ low: 0.9, high: 1, count: 2, meanPrediction: 0.95, observedRate: 0.5 });
    expect(bins[0]).toEqual({ low: 0, high: 0.1, count: 1, meanPrediction: 0.05, observedRate: 0 });
    expect(bins[4]).toEqual({ low: 0.4, high: 0.5, count: 0, meanPrediction: NaN, observedRate: NaN });
  });

  it('uses the confidence of the decided class of several', () => {
    const sample = multiclassSample({
      classCount: 3,
      labels: [0, 2],
      probabilities: [0.7, 0.2, 0.1, 0.15, 0.75, 0.1],
    });
    expect(reliabilityBins(sample)[7]).toMatchObject({ count: 2, observedRate: 0.5 });
  });
});

describe('compensated sums', () => {
  it('do not lose small terms beside large ones', () => {
    const terms = [1, 1e100, 1, -1e100];
    expect(sumOf(4, (index) => terms[index] ?? NaN)).toBe(2);
  });

  it('do not drift over a million terms', () => {
    expect(sumOf(1_000_000, () => 0.1)).toBe(100_000);
  });

  it.each([
    [NaN, NaN],
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ])('pass %d on', (term, sum) => expect(sumOf(3, (index) => (index === 1 ? term : 1))).toBe(sum));

  it('have no mean of nothing', () => expect(meanOf(0, () => 1)).toBeNaN());
});
