import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/core/task.ts';
import { comparePaired, type Comparison } from '../../src/stats/compare-paired.ts';
import { normalQuantile } from '../../src/stats/distributions.ts';
import type { SeededRandom } from '../../src/stats/random.ts';
import { ceiling, gaussian, measureRates, shown } from './rates.ts';

interface Population {
  /** Champion's AUC. */
  auc: number;
  /** Champion's AUC minus the challenger's. */
  loss: number;
}

type Scores = [champion: number, challenger: number];

/** Draws one row of each class; the loss in AUC is exact in each. */
type Draw = (random: SeededRandom, population: Population, positive: boolean) => Scores;

/** Scores are normal; two with this distance between the classes have the given AUC. */
function distance(auc: number): number {
  return Math.SQRT2 * normalQuantile(auc);
}

/** Binormal scores of both models with a given correlation. */
function binormal(correlation: number): Draw {
  return (random, { auc, loss }, positive) => {
    const shared = gaussian(random);
    const own = correlation * shared + Math.sqrt(1 - correlation * correlation) * gaussian(random);
    return positive ? [shared + distance(auc), own + distance(auc - loss)] : [shared, own];
  };
}

const POPULATIONS: Record<string, Draw> = {
  'two models, correlation 0.5': binormal(0.5),
  'two models, correlation 0.98': binormal(0.98),
  'same scores, some positives lost': (random, { auc, loss }, positive) => {
    const score = gaussian(random) + (positive ? distance(auc) : 0);
    const lost = positive && random.uniform() < loss / auc;
    return [score, lost ? -100 : score];
  },
  'jitter, some negatives on top': (random, { auc, loss }, positive) => {
    const score = gaussian(random) + (positive ? distance(auc) : 0);
    const jittered = score + 1e-4 * gaussian(random);
    return [score, !positive && random.uniform() < loss / auc ? 100 : jittered];
  },
  'another model that also loses some positives': (random, { auc, loss }, positive) => {
    const rate = 0.3 * loss;
    const own = (auc - loss) / (1 - rate);
    const score = gaussian(random);
    const champion = score + (positive ? distance(auc) : 0);
    return [champion, positive && random.uniform() < rate ? -100 : score + (positive ? distance(own) : 0)];
  },
};

interface Cell extends Population {
  name: string;
  n: number;
  positives: number;
  margin: number;
}

function compareOnce(cell: Cell, random: SeededRandom): Comparison {
  const draw = POPULATIONS[cell.name] as Draw;
  const labels = Uint8Array.from({ length: cell.n }, (_, row) => (row < cell.positives ? 1 : 0));
  const rows = Array.from(labels, (label) => draw(random, cell, label === 1));
  const side = (which: 0 | 1): Sample => ({
    task: 'binary-classification',
    labels,
    scores: Float64Array.from(rows, (row) => row[which]),
    decisions: labels,
  });
  return comparePaired('roc_auc', { champion: side(0), challenger: side(1) }, { margin: cell.margin });
}

/** n, positives, AUC of the champion, margin: balanced and rare events, high and middling AUC. */
const DESIGNS: readonly [n: number, positives: number, auc: number, margin: number][] = [
  [20, 10, 0.8, 0.2],
  [50, 25, 0.7, 0.1],
  [50, 25, 0.97, 0.13],
  [50, 5, 0.8, 0.2],
  [200, 100, 0.75, 0.05],
  [200, 100, 0.9, 0.032],
  [200, 10, 0.8, 0.1],
  [200, 60, 0.65, 0.15],
  [1000, 500, 0.8, 0.02],
  [1000, 300, 0.75, 0.014],
  [1000, 20, 0.8, 0.16],
  [1000, 60, 0.99, 0.07],
];

const REPETITIONS = 2000;

describe('AUC: chance of a wrong decision at a true loss equal to the margin', () => {
  const cells = DESIGNS.flatMap(([n, positives, auc, margin], i) =>
    Object.keys(POPULATIONS)
      .filter((_, j) => (i + j) % (n < 1000 ? 2 : 3) === 0)
      .map((name): Cell => ({ name, n, positives, auc, margin, loss: margin })),
  );
  it.each(cells)('n = $n, $positives positives, AUC $auc, margin $margin, $name', (cell) => {
    const rates = measureRates(cells.indexOf(cell), REPETITIONS, (random) => compareOnce(cell, random));
    console.log(
      `auc n=${cell.n} positives=${cell.positives} AUC=${cell.auc} margin=${cell.margin} ${cell.name}: ${shown(rates)}`,
    );
    expect(rates.pass).toBeLessThanOrEqual(ceiling(REPETITIONS));
    expect(rates.fail).toBeLessThanOrEqual(ceiling(REPETITIONS));
  });
});

describe('AUC at n = 5,000: chance of a wrong decision at a true loss equal to the margin', () => {
  const repetitions = 200;
  const cells = [
    { n: 5000, positives: 2500, auc: 0.8, margin: 0.01, name: 'two models, correlation 0.5' },
    {
      n: 5000,
      positives: 250,
      auc: 0.85,
      margin: 0.02,
      name: 'another model that also loses some positives',
    },
    { n: 5000, positives: 250, auc: 0.75, margin: 0.03, name: 'jitter, some negatives on top' },
    { n: 5000, positives: 50, auc: 0.9, margin: 0.1, name: 'same scores, some positives lost' },
  ].map((cell): Cell => ({ ...cell, loss: cell.margin }));
  it.each(cells)('$positives positives, AUC $auc, margin $margin, $name', (cell) => {
    const rates = measureRates(cell.positives, repetitions, (random) => compareOnce(cell, random));
    console.log(`auc n=5000 positives=${cell.positives} margin=${cell.margin} ${cell.name}: ${shown(rates)}`);
    expect(rates.pass).toBeLessThanOrEqual(ceiling(repetitions));
    expect(rates.fail).toBeLessThanOrEqual(ceiling(repetitions));
  });
});

describe('AUC: power', () => {
  it.each([
    [400, 200, 0.03],
    [1000, 500, 0.03],
    [4000, 400, 0.02],
  ])('n = %i, %i positives, margin %f, no true loss: printed, above 5 %%', (n, positives, margin) => {
    const cell = { name: 'two models, correlation 0.98', n, positives, auc: 0.8, loss: 0, margin };
    const rates = measureRates(n, 200, (random) => compareOnce(cell, random));
    console.log(`power auc n=${n} positives=${positives} margin=${margin}: ${shown(rates)}`);
    expect(rates.pass).toBeGreaterThan(0.05);
  });
});
