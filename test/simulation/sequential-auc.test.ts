import { describe, expect, it } from 'vitest';
import type { BinarySample } from '../../src/core/task.ts';
import { comparePaired } from '../../src/stats/compare-paired.ts';
import { normalQuantile } from '../../src/stats/distributions.ts';
import type { SeededRandom } from '../../src/stats/random.ts';
import { comparePairedAtEveryLook } from '../../src/stats/sequential/compare-paired-at-every-look.ts';
import { measureLooks, percent, rowsAtLooks, type Decisions } from './looks.ts';
import { ceiling, gaussian } from './rates.ts';

interface Population {
  /** Champion's AUC, and how much less the challenger's is. */
  auc: number;
  loss: number;
}

/** Draws the scores of both models on one row; the loss in AUC is exact in each. */
type Draw = (random: SeededRandom, population: Population, positive: boolean) => [number, number];

function distance(auc: number): number {
  return Math.SQRT2 * normalQuantile(auc);
}

const POPULATIONS: Record<string, Draw> = {
  'two models, correlation 0.5': (random, { auc, loss }, positive) => {
    const shared = gaussian(random);
    const own = 0.5 * shared + Math.sqrt(0.75) * gaussian(random);
    return positive ? [shared + distance(auc), own + distance(auc - loss)] : [shared, own];
  },
  'jitter, some positives lost': (random, { auc, loss }, positive) => {
    const score = gaussian(random) + (positive ? distance(auc) : 0);
    return [score, positive && random.uniform() < loss / auc ? -100 : score + 1e-3 * gaussian(random)];
  },
  'same scores, some negatives on top': (random, { auc, loss }, positive) => {
    const score = gaussian(random) + (positive ? distance(auc) : 0);
    return [score, !positive && random.uniform() < loss / auc ? 100 : score];
  },
  'champion loses some positives': (random, { auc, loss }, positive) => {
    const top = Math.min(0.999, auc + 2 * loss);
    const score = gaussian(random);
    const lost = positive && random.uniform() < 1 - auc / top;
    return [
      lost ? -100 : score + (positive ? distance(top) : 0),
      score + (positive ? distance(auc - loss) : 0),
    ];
  },
};

interface Cell extends Population {
  name: string;
  positives: number;
  margin: number;
  planned: number;
}

function decideAtLooks(cell: Cell, random: SeededRandom): Decisions {
  const { planned, positives, margin } = cell;
  const draw = POPULATIONS[cell.name] as Draw;
  const labels = Uint8Array.from({ length: planned }, () => (random.uniform() < positives ? 1 : 0));
  const rows = Array.from(labels, (label) => draw(random, cell, label === 1));
  const side = (which: 0 | 1, n: number): BinarySample => {
    const shown = labels.subarray(0, n);
    const scores = Float64Array.from({ length: n }, (_, row) => rows[row]?.[which] ?? Number.NaN);
    return { task: 'binary-classification', labels: shown, scores, decisions: shown };
  };
  const pairs = rowsAtLooks(planned).map((n) => ({ champion: side(0, n), challenger: side(1, n) }));
  const every = pairs.map((pair) => comparePairedAtEveryLook('roc_auc', pair, { margin, planned }).decision);
  // With few positives a single look takes to bets on blocks, which take long and would show nothing.
  if (positives < 0.1) return [every];
  return [every, pairs.map((pair) => comparePaired('roc_auc', pair, { margin }).decision)];
}

const REPETITIONS = 200;

/** Planned rows, share of positives, AUC of the champion, margin. */
const DESIGNS: readonly [planned: number, positives: number, auc: number, margin: number][] = [
  [400, 0.5, 0.75, 0.05],
  [1000, 0.3, 0.75, 0.1],
  [2000, 0.06, 0.8, 0.15],
  [1000, 0.5, 0.95, 0.02],
];

describe('AUC: chance of a wrong decision in 40 looks, at a true loss equal to the margin', () => {
  const cells = DESIGNS.flatMap(([planned, positives, auc, margin], i) =>
    Object.keys(POPULATIONS)
      .filter((_, j) => (i + j) % 2 === 0)
      .map((name): Cell => ({ name, planned, positives, auc, margin, loss: margin })),
  );
  it.each(cells)('planned $planned, positives $positives, AUC $auc, margin $margin, $name', (cell) => {
    const [every, once] = measureLooks(cells.indexOf(cell), REPETITIONS, (random) =>
      decideAtLooks(cell, random),
    );
    console.log(
      `auc planned=${cell.planned} positives=${cell.positives} AUC=${cell.auc} margin=${cell.margin} ${cell.name}:`,
      `every look pass ${percent(every?.everPass ?? 1)} fail ${percent(every?.everFail ?? 1)};`,
      once ? `one look pass ${percent(once.everPass)} fail ${percent(once.everFail)}` : '',
    );
    expect(every?.everPass).toBeLessThanOrEqual(ceiling(REPETITIONS));
    expect(every?.everFail).toBeLessThanOrEqual(ceiling(REPETITIONS));
  });
});

describe('AUC: power with 40 looks', () => {
  it('two models of the same AUC pass by the planned end, most of the time', () => {
    const cell = {
      name: 'two models, correlation 0.5',
      planned: 2000,
      positives: 0.5,
      auc: 0.8,
      loss: 0,
      margin: 0.05,
    };
    const [every, once] = measureLooks(3, 100, (random) => decideAtLooks(cell, random));
    console.log(
      `power auc: by the planned end ${percent(every?.everPass ?? 0)}, half of them by ${percent(every?.medianPass ?? 0)} of it;`,
      `one look there ${percent(once?.lastPass ?? 0)}`,
    );
    expect(every?.everPass).toBeGreaterThan(0.7);
  });
});
