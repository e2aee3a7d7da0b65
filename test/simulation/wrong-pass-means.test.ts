import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/core/task.ts';
import { comparePaired, type Comparison } from '../../src/stats/compare-paired.ts';
import type { SeededRandom } from '../../src/stats/random.ts';
import { ceiling, gaussian, measureRates, shown, type Rates } from './rates.ts';

const KEYS = ['brier', 'log_loss', 'mae'] as const;
type Key = (typeof KEYS)[number];

/** The largest loss of one row: Brier by definition, log loss in nats, MAE as configured below. */
const RANGE: Record<Key, number> = { brier: 1, log_loss: 10, mae: 100 };

/** Costs of champion and challenger on one row as shares of the range, in [0, 1]. */
type Costs = [champion: number, challenger: number];

/**
 * Populations whose mean loss is exactly `margin` (a share of the range): each is a way to fool an interval that trusts the
 * variance it sees.
 */
const POPULATIONS: Record<string, (random: SeededRandom, margin: number) => Costs> = {
  'rare large losses': (random, margin) => (random.uniform() < margin ? [0, 1] : [0, 0]),
  'small noise and rare large losses': (random, margin) => {
    const [a, b] = [0.02 * random.uniform(), 0.02 * random.uniform()];
    return random.uniform() < margin / 0.99 ? [0, 1 - 0.02 * random.uniform()] : [a, b];
  },
  'mostly better, rarely much worse': (random, margin) => {
    const better = margin / 2;
    return random.uniform() < (margin + better) / (1 + better) ? [0, 1] : [better, 0];
  },
  'a little worse always, much worse rarely': (random, margin) => {
    const offset = 0.6 * margin;
    return random.uniform() < (margin - offset) / (1 - offset) ? [0, 1] : [0, offset];
  },
  'champion rarely much worse': (random, margin) => {
    const rate = margin;
    const offset = (margin + rate) / (1 - rate);
    return random.uniform() < rate ? [1, 0] : [0, Math.min(1, offset)];
  },
  'wide noise': (random, margin) => {
    const base = 0.3 + 0.12 * Math.max(-2, Math.min(2, gaussian(random)));
    const steady = base < margin || base + 3 * margin > 1;
    return [base, base + margin * (steady ? 1 : random.uniform() < 0.5 ? 3 : -1)];
  },
  'flips both ways': (random, margin) => {
    const share = random.uniform();
    return share < 0.2 + margin / 2 ? [0, 1] : share < 0.4 ? [1, 0] : [0, 0];
  },
};

/** Samples in which row i costs the given shares of the range under the metric. */
function pairOf(key: Key, costs: readonly Costs[]): { champion: Sample; challenger: Sample } {
  const side = (which: 0 | 1): Sample => {
    const cost = Float64Array.from(costs, (row) => row[which] * RANGE[key]);
    if (key === 'mae')
      return { task: 'regression', labels: new Float64Array(cost.length), predictions: cost };
    const labels = Uint8Array.from(cost.keys(), (row) => row % 2);
    const scores = cost.map((value, row) => {
      const distance = key === 'brier' ? Math.sqrt(value) : -Math.expm1(-value);
      return labels[row] === 1 ? 1 - distance : distance;
    });
    return { task: 'binary-classification', labels, scores, decisions: labels };
  };
  return { champion: side(0), challenger: side(1) };
}

interface Cell {
  key: Key;
  name: string;
  n: number;
  /** Share of the range. */
  margin: number;
}

function expectPromise(cell: Cell, { seed, repetitions }: { seed: number; repetitions: number }): void {
  const rates: Rates = measureRates(seed, repetitions, (random) => compareOnce(cell, random));
  console.log(`${cell.key} n=${cell.n} margin=${cell.margin.toFixed(4)} ${cell.name}: ${shown(rates)}`);
  expect(rates.pass).toBeLessThanOrEqual(ceiling(repetitions));
  expect(rates.fail).toBeLessThanOrEqual(ceiling(repetitions));
}

function compareOnce({ key, name, n, margin }: Cell, random: SeededRandom): Comparison {
  const draw = POPULATIONS[name] as (random: SeededRandom, margin: number) => Costs;
  const costs = Array.from({ length: n }, () => draw(random, margin));
  const options = { margin: margin * RANGE[key], ...(key === 'mae' ? { bound: RANGE.mae } : {}) };
  return comparePaired(key, pairOf(key, costs), options);
}

/** Margins as the number of largest losses that n rows within the margin hold; more can be cheap only for small n. */
const LARGEST_LOSSES: Record<number, readonly number[]> = {
  20: [3.2, 5],
  50: [3.2, 12],
  200: [3.2, 12, 40],
  1000: [4.2, 40],
};

describe('means: chance of a wrong decision at a true loss equal to the margin', () => {
  const cells = Object.entries(LARGEST_LOSSES).flatMap(([n, counts]) =>
    KEYS.flatMap((key) =>
      Object.keys(POPULATIONS)
        .filter((_, i) => key === 'brier' || (i + KEYS.indexOf(key)) % 3 === 0)
        .flatMap((name) => counts.map((count) => ({ key, name, n: Number(n), margin: count / Number(n) }))),
    ),
  );
  it.each(cells)('$key, n = $n, margin $margin of the range, $name', (cell) => {
    expectPromise(cell, { seed: cells.indexOf(cell), repetitions: 2000 });
  });
});

describe('means at n = 5,000: chance of a wrong decision at a true loss equal to the margin', () => {
  const cells = Object.keys(POPULATIONS).map((name, i): Cell => {
    return { key: i % 2 === 0 ? 'brier' : 'mae', name, n: 5000, margin: (i % 3 === 0 ? 5 : 60) / 5000 };
  });
  it.each(cells)('$key, margin $margin of the range, $name', (cell) => {
    expectPromise(cell, { seed: cells.indexOf(cell), repetitions: 400 });
  });
});
