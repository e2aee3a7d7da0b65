import { describe, expect, it } from 'vitest';
import type { MetricKey } from '../../src/core/metric.ts';
import type { BinarySample } from '../../src/core/task.ts';
import { estimateMetric } from '../../src/stats/estimate-metric.ts';
import { seededRandom, type SeededRandom } from '../../src/stats/random.ts';

const REPEATS = 2000;
/** Three standard errors of a share of 5 % in so many repeats. */
const SIMULATION_ERROR = 3 * Math.sqrt((0.05 * 0.95) / REPEATS);

/**
 * A world whose metrics are known exactly: a row falls on one of few scores, and is positive with the rate of that score.
 * Scores are decided positive from 0.5 on.
 */
interface World {
  name: string;
  levels: readonly { score: number; weight: number; rate: number }[];
}

const WORLDS: World[] = [
  { name: 'balanced', levels: spread(20, (score) => score, 1) },
  { name: 'rare positives, badly calibrated', levels: spread(20, (score) => 0.02 + 0.4 * score ** 2, 3) },
  { name: 'sharp', levels: spread(20, (score) => (score < 0.5 ? 0.02 : 0.98), 1) },
];

function spread(count: number, rateOf: (score: number) => number, lowness: number) {
  return Array.from({ length: count }, (_, index) => {
    const score = (index + 0.5) / count;
    return { score, weight: (1 - score) ** (lowness - 1), rate: rateOf(score) };
  });
}

function draw({ levels }: World, n: number, random: SeededRandom): BinarySample {
  const total = levels.reduce((sum, level) => sum + level.weight, 0);
  const sample = {
    task: 'binary-classification' as const,
    labels: new Uint8Array(n),
    scores: new Float64Array(n),
    decisions: new Uint8Array(n),
  };
  for (let row = 0; row < n; row++) {
    let left = random.uniform() * total;
    const level = levels.find((candidate) => (left -= candidate.weight) < 0) ?? levels.at(-1);
    if (level === undefined) throw new Error('a world without levels');
    sample.scores[row] = level.score;
    sample.decisions[row] = level.score >= 0.5 ? 1 : 0;
    sample.labels[row] = random.uniform() < level.rate ? 1 : 0;
  }
  return sample;
}

const truths: Record<string, (world: World) => number> = {
  accuracy: ({ levels }) => meanOver(levels, ({ score, rate }) => (score >= 0.5 ? rate : 1 - rate)),
  brier: ({ levels }) =>
    meanOver(levels, ({ score, rate }) => rate * (1 - score) ** 2 + (1 - rate) * score ** 2),
  f1: ({ levels }) => {
    const found = meanOver(levels, ({ score, rate }) => (score >= 0.5 ? rate : 0));
    const decided = meanOver(levels, ({ score }) => (score >= 0.5 ? 1 : 0));
    return (2 * found) / (decided + meanOver(levels, ({ rate }) => rate));
  },
  roc_auc: ({ levels }) => {
    const pairs = levels.flatMap((a) =>
      levels.map((b) => ({ a, b, weight: a.weight * a.rate * b.weight * (1 - b.rate) })),
    );
    const won = pairs.map(
      ({ a, b, weight }) => weight * (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0),
    );
    return total(won) / total(pairs.map(({ weight }) => weight));
  },
};

function meanOver(levels: World['levels'], value: (level: World['levels'][number]) => number): number {
  return (
    total(levels.map((level) => level.weight * value(level))) / total(levels.map((level) => level.weight))
  );
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** How often each bound is on the wrong side of the truth, and how often there is an interval, as shares of the repeats. */
function misses(key: MetricKey, world: World, n: number) {
  const truth = truths[key]?.(world) ?? NaN;
  const random = seededRandom(n);
  let [low, high, made] = [0, 0, 0];
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const { interval } = estimateMetric(key, draw(world, n, random), { seed: repeat });
    if (interval === undefined) continue;
    made++;
    if (interval.low > truth) low++;
    if (interval.high < truth) high++;
  }
  return { low: low / REPEATS, high: high / REPEATS, made: made / REPEATS };
}

const cases = WORLDS.flatMap((world) =>
  (['accuracy', 'brier', 'f1', 'roc_auc'] as const).flatMap((key) =>
    [200, 1000].map((n) => ({ world, key, n })),
  ),
);

describe(`one-sided 95 % bounds miss the truth at most 5 % of the time, beside ${(100 * SIMULATION_ERROR).toFixed(1)} %`, () => {
  it.each(cases.map((entry) => ({ ...entry, name: entry.world.name })))(
    '$key, n = $n, $name',
    ({ key, n, world }) => {
      const { low, high, made } = misses(key, world, n);
      expect(low).toBeLessThanOrEqual(0.05 + SIMULATION_ERROR);
      expect(high).toBeLessThanOrEqual(0.05 + SIMULATION_ERROR);
      expect(made).toBe(1);
    },
  );
});

describe('rare errors', () => {
  const world = { name: 'rare errors', levels: [{ score: 0.9, weight: 1, rate: 0.987 }] };

  it('an accuracy of 98.7 % on 200 rows, where Wilson’s lower bound would miss 7 % of the time', () => {
    expect(misses('accuracy', world, 200).low).toBeLessThanOrEqual(0.05 + SIMULATION_ERROR);
  });
});
