import { describe, expect, it } from 'vitest';
import type { MetricKey } from '../../src/core/metric.ts';
import type { Sample } from '../../src/core/task.ts';
import { normalQuantile } from '../../src/stats/distributions.ts';
import { type EstimateOptions, estimateMetric } from '../../src/stats/estimate-metric.ts';
import { seededRandom, type SeededRandom } from '../../src/stats/random.ts';
import { ceiling, gaussian } from './rates.ts';

/** How often a floor and a ceiling at the true value itself are passed, as shares of the repetitions. */
function passesAt(
  truth: number,
  { key, repetitions, seed }: { key: MetricKey; repetitions: number; seed: number },
  draw: (random: SeededRandom) => { sample: Sample; options?: Partial<EstimateOptions> },
): { floor: number; ceiling: number } {
  const random = seededRandom(seed);
  let [floor, roof] = [0, 0];
  for (let i = 0; i < repetitions; i++) {
    const { sample, options } = draw(random);
    const { interval } = estimateMetric(key, sample, { seed: i, ...options });
    if (interval === undefined) continue;
    if (interval.low >= truth - 1e-12) floor++;
    if (interval.high <= truth + 1e-12) roof++;
  }
  return { floor: floor / repetitions, ceiling: roof / repetitions };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** Draws a score of one row; the AUC is exact in each. */
type Scores = (random: SeededRandom, auc: number, positive: boolean) => number;

const LOST = -100;
const TOP = 100;

function distance(auc: number): number {
  return Math.SQRT2 * normalQuantile(auc);
}

const RANKINGS: Record<string, Scores> = {
  'normal scores': (random, auc, positive) => gaussian(random) + (positive ? distance(auc) : 0),
  'perfect but for lost positives': (random, auc, positive) =>
    positive ? (random.uniform() < 1 - auc ? LOST : TOP) : gaussian(random),
  'perfect but for negatives on top': (random, auc, positive) =>
    positive ? gaussian(random) : random.uniform() < 1 - auc ? TOP : LOST,
  'perfect but for both': (random, auc, positive) => {
    const wrong = random.uniform() < 1 - Math.sqrt(auc);
    return positive ? (wrong ? LOST : 0) : wrong ? TOP : -1;
  },
  'steady, and rarely a positive lost': (random, auc, positive) => {
    const rate = Math.min(0.04, (1 - auc) / 2);
    if (positive) return random.uniform() < rate ? LOST : gaussian(random);
    return random.uniform() < 1 - auc / (1 - rate) ? TOP : LOST / 2;
  },
};

const AUC_CELLS = [20, 50, 200, 1000].flatMap((n, a) =>
  [0.05, 0.5].flatMap((prevalence, b) =>
    Object.keys(RANKINGS).flatMap((name, i) =>
      [0.6, 0.8, 0.9, 0.97]
        .filter((_, j) => (i + j + a + 2 * b) % 4 === 3)
        .map((auc) => ({ n, positives: Math.round(n * prevalence), name, auc })),
    ),
  ),
);

describe('AUC: chance of passing a floor or a ceiling at the true value', () => {
  it.each(AUC_CELLS)('n = $n, $positives positives, AUC $auc, $name', ({ n, positives, name, auc }) => {
    const repetitions = 300;
    const labels = Uint8Array.from({ length: n }, (_, row) => (row < positives ? 1 : 0));
    const score = RANKINGS[name] ?? (() => NaN);
    const cell = { key: 'roc_auc', repetitions, seed: n + Math.round(1000 * auc) } as const;
    const passes = passesAt(auc, cell, (random) => {
      const scores = Float64Array.from(labels, (label) => score(random, auc, label === 1));
      return { sample: { task: 'binary-classification', labels, scores, decisions: labels } };
    });
    console.log(
      `floor auc n=${n} positives=${positives} AUC=${auc} ${name}: floor ${percent(passes.floor)}  ceiling ${percent(passes.ceiling)}`,
    );
    expect(passes.floor).toBeLessThanOrEqual(ceiling(repetitions));
    expect(passes.ceiling).toBeLessThanOrEqual(ceiling(repetitions));
  });
});

/** Largest cost of one row: log loss in nats (its own largest value), errors in label units. */
const LARGEST = { log_loss: -Math.log(1e-15), mae: 100, rmse: 100 } as const;
type Costly = keyof typeof LARGEST;

/** Costs of a row as shares of the largest, with the mean of the world given by `rate`. */
interface Costs {
  draw: (random: SeededRandom, rate: number) => number;
  /** Mean of the costs, and of their squares. */
  moments: (rate: number) => [mean: number, square: number];
}

const COSTS: Record<string, Costs> = {
  'rare large costs': {
    draw: (random, rate) => (random.uniform() < rate ? 1 : 0),
    moments: (rate) => [rate, rate],
  },
  'small costs and rare large ones': {
    draw: (random, rate) => (random.uniform() < rate ? 1 : 0.05 * random.uniform()),
    moments: (rate) => [rate + (1 - rate) * 0.025, rate + ((1 - rate) * 0.05 ** 2) / 3],
  },
  'even costs': {
    draw: (random, rate) => 2 * Math.min(rate, 0.5) * random.uniform(),
    moments: (rate) => [Math.min(rate, 0.5), (4 * Math.min(rate, 0.5) ** 2) / 3],
  },
  'nearly always the largest cost': {
    draw: (random, rate) => (random.uniform() < rate ? 0 : 1),
    moments: (rate) => [1 - rate, 1 - rate],
  },
};

/** A sample in which row i costs the given share of the largest cost. */
function costing(key: Costly, costs: Float64Array): Sample {
  if (key !== 'log_loss') {
    const predictions = costs.map((cost, row) => (row % 2 === 0 ? cost : -cost) * LARGEST[key]);
    return { task: 'regression', labels: new Float64Array(costs.length), predictions };
  }
  const labels = new Uint8Array(costs.length).fill(1);
  return {
    task: 'binary-classification',
    labels,
    scores: costs.map((cost) => Math.exp(-cost * LARGEST.log_loss)),
    decisions: labels,
  };
}

const COST_CELLS = [20, 50, 200, 1000].flatMap((n) =>
  (['log_loss', 'mae', 'rmse'] as const).flatMap((key, k) =>
    Object.keys(COSTS).flatMap((name, i) =>
      [3.2, 12, 40]
        .filter((large, j) => large / n <= 0.3 && (i + j + k) % 2 === 0)
        .map((large) => ({ key, n, name, rate: large / n })),
    ),
  ),
);

describe('log loss and errors: chance of passing a floor or a ceiling at the true value', () => {
  it.each(COST_CELLS)('$key, n = $n, rate $rate, $name', ({ key, n, name, rate }) => {
    const repetitions = 300;
    const world = COSTS[name] ?? { draw: () => NaN, moments: () => [NaN, NaN] };
    const [mean, square] = world.moments(rate);
    const truth = LARGEST[key] * (key === 'rmse' ? Math.sqrt(square) : mean);
    const cell = { key, repetitions, seed: n + Math.round(1000 * rate) };
    const passes = passesAt(truth, cell, (random) => {
      const costs = new Float64Array(n).map(() => world.draw(random, rate));
      return { sample: costing(key, costs), ...(key === 'log_loss' ? {} : { options: { bound: 100 } }) };
    });
    console.log(
      `limit ${key} n=${n} rate=${rate.toFixed(4)} ${name}: floor ${percent(passes.floor)}  ceiling ${percent(passes.ceiling)}`,
    );
    expect(passes.floor).toBeLessThanOrEqual(ceiling(repetitions));
    expect(passes.ceiling).toBeLessThanOrEqual(ceiling(repetitions));
  });
});
