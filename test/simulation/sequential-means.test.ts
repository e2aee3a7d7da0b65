import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/core/task.ts';
import { comparePaired } from '../../src/stats/compare-paired.ts';
import type { SeededRandom } from '../../src/stats/random.ts';
import { comparePairedAtEveryLook } from '../../src/stats/sequential/compare-paired-at-every-look.ts';
import { measureLooks, percent, rowsAtLooks, type Decisions } from './looks.ts';
import { ceiling } from './rates.ts';

const KEYS = ['accuracy', 'brier', 'log_loss', 'mae'] as const;
type Key = (typeof KEYS)[number];

/** The largest loss of one row. */
const RANGE: Record<Key, number> = { accuracy: 1, brier: 1, log_loss: 10, mae: 100 };

/** Costs of champion and challenger on one row as shares of the range; the mean loss is exactly `loss`. */
type Draw = (random: SeededRandom, loss: number) => [champion: number, challenger: number];

const POPULATIONS: Record<string, Draw> = {
  'flips both ways': (random, loss) => {
    const share = random.uniform();
    return share < 0.05 + loss ? [0, 1] : share < 0.1 + loss ? [1, 0] : [0, 0];
  },
  'rare large losses': (random, loss) => (random.uniform() < loss ? [0, 1] : [0, 0]),
  'wide noise': (random, loss) => [0.3, 0.3 + (random.uniform() < 0.5 ? 0.1 + loss : loss - 0.1)],
  'a little worse always, much worse rarely': (random, loss) => {
    const offset = 0.6 * loss;
    return random.uniform() < (loss - offset) / (1 - offset) ? [0, 1] : [0, offset];
  },
  'champion rarely much worse': (random, loss) =>
    random.uniform() < loss ? [1, 0] : [0, (2 * loss) / (1 - loss)],
};

/** Samples in which row i costs the given shares of the range. */
function samples(key: Key, costs: readonly (readonly [number, number])[]): [Sample, Sample] {
  const side = (which: 0 | 1): Sample => {
    const cost = Float64Array.from(costs, (row) => row[which] * RANGE[key]);
    if (key === 'mae')
      return { task: 'regression', labels: new Float64Array(cost.length), predictions: cost };
    const labels = new Uint8Array(cost.length);
    const scores = cost.map((value) => (key === 'log_loss' ? -Math.expm1(-value) : Math.sqrt(value)));
    return { task: 'binary-classification', labels, scores, decisions: Uint8Array.from(cost) };
  };
  return [side(0), side(1)];
}

/** The first n rows. */
function head(sample: Sample, n: number): Sample {
  if (sample.task === 'regression') {
    const { labels, predictions } = sample;
    return { ...sample, labels: labels.subarray(0, n), predictions: predictions.subarray(0, n) };
  }
  if (sample.task !== 'binary-classification') return sample;
  const { labels, scores, decisions } = sample;
  const rows = { scores: scores.subarray(0, n), decisions: decisions.subarray(0, n) };
  return { ...sample, labels: labels.subarray(0, n), ...rows };
}

interface Cell {
  key: Key;
  name: string;
  /** Shares of the range. */
  margin: number;
  loss: number;
  planned: number;
}

/** Decisions at all looks: for every look, and as if each were the only one. */
function decideAtLooks({ key, name, margin, loss, planned }: Cell, random: SeededRandom): Decisions {
  const draw = POPULATIONS[name] as Draw;
  const [champion, challenger] = samples(
    key,
    Array.from({ length: planned }, () => draw(random, loss)),
  );
  const options = {
    margin: margin * RANGE[key],
    planned,
    ...(key === 'mae' || key === 'log_loss' ? { bound: RANGE[key] } : {}),
  };
  const pairs = rowsAtLooks(planned).map((n) => ({
    champion: head(champion, n),
    challenger: head(challenger, n),
  }));
  return [
    pairs.map((pair) => comparePairedAtEveryLook(key, pair, options).decision),
    pairs.map((pair) => comparePaired(key, pair, options).decision),
  ];
}

const PLANNED = 4000;
const REPETITIONS = 200;

const CELLS: readonly Omit<Cell, 'loss' | 'planned'>[] = [
  { key: 'accuracy', name: 'flips both ways', margin: 0.02 },
  { key: 'accuracy', name: 'rare large losses', margin: 0.005 },
  { key: 'brier', name: 'wide noise', margin: 0.01 },
  { key: 'brier', name: 'a little worse always, much worse rarely', margin: 0.01 },
  { key: 'log_loss', name: 'flips both ways', margin: 0.02 },
  { key: 'log_loss', name: 'champion rarely much worse', margin: 0.01 },
  { key: 'mae', name: 'wide noise', margin: 0.005 },
  { key: 'mae', name: 'rare large losses', margin: 0.01 },
];

describe('means: chance of a wrong decision in 40 looks, at a true loss equal to the margin', () => {
  it.each(CELLS.map((cell) => ({ ...cell, loss: cell.margin, planned: PLANNED })))(
    '$key, margin $margin of the range, $name',
    (cell) => {
      const [every, once] = measureLooks(cell.planned, REPETITIONS, (random) => decideAtLooks(cell, random));
      console.log(
        `${cell.key} ${cell.name}: every look pass ${percent(every?.everPass ?? 1)} fail ${percent(every?.everFail ?? 1)};`,
        `one look pass ${percent(once?.everPass ?? 1)} fail ${percent(once?.everFail ?? 1)}`,
      );
      expect(every?.everPass).toBeLessThanOrEqual(ceiling(REPETITIONS));
      expect(every?.everFail).toBeLessThanOrEqual(ceiling(REPETITIONS));
      expect((once?.everPass ?? 0) + (once?.everFail ?? 0)).toBeGreaterThan(0.1);
    },
  );
});

describe('means: power with 40 looks', () => {
  it.each([
    { key: 'accuracy', name: 'flips both ways', margin: 0.02, loss: 0, planned: PLANNED },
    { key: 'brier', name: 'wide noise', margin: 0.006, loss: 0, planned: PLANNED },
    { key: 'mae', name: 'wide noise', margin: 0.006, loss: -0.002, planned: PLANNED },
  ] as const)('$key, margin $margin, true loss $loss: most looks pass by the planned end', (cell) => {
    const repetitions = 100;
    const [every, once] = measureLooks(7, repetitions, (random) => decideAtLooks(cell, random));
    console.log(
      `power ${cell.key} margin=${cell.margin} loss=${cell.loss}: by the planned end ${percent(every?.everPass ?? 0)},`,
      `half of them by ${percent(every?.medianPass ?? 0)} of it; one look there ${percent(once?.lastPass ?? 0)}`,
    );
    expect(every?.everPass).toBeGreaterThan(0.7);
  });
});
