import { describe, expect, it } from 'vitest';
import { comparePaired, type Comparison } from '../../src/stats/compare-paired.ts';
import { normalQuantile } from '../../src/stats/distributions.ts';
import type { SeededRandom } from '../../src/stats/random.ts';
import { ceiling, gaussian, measureRates, shown } from './rates.ts';

const REPETITIONS = 2000;

/** Row counts of entities: most have a few rows, some have many. */
function sizesOf(entities: number, random: SeededRandom): number[] {
  return Array.from({ length: entities }, () => (random.uniform() < 0.1 ? 12 : 1 + random.below(4)));
}

/** Rows of one entity err alike: its own effect is larger than the noise of its rows. The mean loss of a row is `margin`. */
function absoluteErrors(entities: number, margin: number, random: SeededRandom): Comparison {
  const clusters: number[] = [];
  const worse: number[] = [];
  for (const [entity, size] of sizesOf(entities, random).entries()) {
    const effect = random.uniform() < 0.5 ? -4 : 4;
    for (let row = 0; row < size; row++) {
      clusters.push(entity);
      worse.push(10 + margin + effect + 2 * (random.uniform() - 0.5));
    }
  }
  const labels = new Float64Array(worse.length);
  const pair = {
    champion: { task: 'regression', labels, predictions: labels.map(() => 10) },
    challenger: { task: 'regression', labels, predictions: Float64Array.from(worse) },
  } as const;
  return comparePaired('mae', pair, { margin, bound: 50, clusters: Int32Array.from(clusters) });
}

/** All rows of an entity have its label and nearly its score. The AUCs of the entities are 0.80 and 0.80 − margin. */
function rankings(entities: number, margin: number, random: SeededRandom): Comparison {
  const rows: { entity: number; label: number; scores: [number, number] }[] = [];
  const shift = [0.8, 0.8 - margin].map((auc) => Math.SQRT2 * normalQuantile(auc));
  for (let entity = 0; entity < entities; entity++) {
    const label = random.uniform() < 0.35 ? 1 : 0;
    const shared = gaussian(random);
    const own = shift.map((by) => by * label + Math.sqrt(0.8) * shared + Math.sqrt(0.2) * gaussian(random));
    for (let row = 0; row < 4; row++) {
      const [a = 0, b = 0] = own.map((score) => 1 / (1 + Math.exp(-score - 1e-6 * random.uniform())));
      rows.push({ entity, label, scores: [a, b] });
    }
  }
  const labels = Uint8Array.from(rows, (row) => row.label);
  const side = (which: 0 | 1) =>
    ({
      task: 'binary-classification',
      labels,
      scores: Float64Array.from(rows, (row) => row.scores[which]),
      decisions: labels,
    }) as const;
  return comparePaired(
    'roc_auc',
    { champion: side(0), challenger: side(1) },
    { margin, clusters: Int32Array.from(rows, (row) => row.entity) },
  );
}

describe('rows of one entity: at a true loss of the margin', () => {
  it.each([
    ['mae', 40, absoluteErrors, 1],
    ['mae', 200, absoluteErrors, 1],
    ['mae', 1500, absoluteErrors, 0.5],
    ['roc_auc', 150, rankings, 0.03],
    ['roc_auc', 600, rankings, 0.03],
  ] as const)('%s, %i entities', (...[name, entities, compare, margin]) => {
    const rates = measureRates(20_261_120 + entities, REPETITIONS, (random) =>
      compare(entities, margin, random),
    );
    console.log(`clusters ${name} ${entities}: ${shown(rates)}`);
    expect(rates.pass).toBeLessThanOrEqual(ceiling(REPETITIONS));
    expect(rates.fail).toBeLessThanOrEqual(ceiling(REPETITIONS));
  });
});

/** Heavy-tailed sizes of entities by their quantile function, and the size from which all rows of an entity are lost. */
const HEAVY_TAILS: Record<string, { sizeAt: (quantile: number) => number; badFrom: number }> = {
  'Pareto 1.5': { sizeAt: (q) => Math.min(2000, Math.floor((1 - q) ** (-1 / 1.5))), badFrom: 28 },
  'Pareto 2': { sizeAt: (q) => Math.min(2000, Math.floor((1 - q) ** (-1 / 2))), badFrom: 11 },
  'log-normal': { sizeAt: (q) => Math.ceil(Math.exp(1.5 * normalQuantile(q))), badFrom: 57 },
};

/** Share of all rows that are lost, over a fine grid of quantiles. */
function lostShare({ sizeAt, badFrom }: { sizeAt: (quantile: number) => number; badFrom: number }): number {
  let [all, lost] = [0, 0];
  for (let i = 0; i < 200_000; i++) {
    const size = sizeAt((i + 0.5) / 200_000);
    all += size;
    if (size >= badFrom) lost += size;
  }
  return lost / all;
}

describe('the largest entities are the bad ones, and larger ones than any seen exist: at a true loss of the margin', () => {
  const cells = Object.keys(HEAVY_TAILS).flatMap((name) => [60, 200, 500].map((n) => [name, n] as const));
  it.each(cells)('%s, %i entities', (name, entities) => {
    const law = HEAVY_TAILS[name] ?? { sizeAt: () => NaN, badFrom: NaN };
    const margin = lostShare(law);
    const rates = measureRates(entities, 600, (random) => {
      const sizes = Array.from({ length: entities }, () => law.sizeAt(random.uniform() || 0.5));
      const clusters = Int32Array.from(sizes.flatMap((size, entity) => Array<number>(size).fill(entity)));
      const labels = new Uint8Array(clusters.length);
      const decisions = Uint8Array.from(clusters, (entity) => ((sizes[entity] ?? 0) >= law.badFrom ? 1 : 0));
      const side = { task: 'binary-classification', labels, scores: Float64Array.from(labels) } as const;
      const pair = { champion: { ...side, decisions: labels }, challenger: { ...side, decisions } };
      return comparePaired('accuracy', pair, { margin, clusters });
    });
    console.log(`clusters ${name} ${entities}, margin ${margin.toFixed(3)}: ${shown(rates)}`);
    expect(rates.pass).toBeLessThanOrEqual(ceiling(600));
    expect(rates.fail).toBeLessThanOrEqual(ceiling(600));
  });
});
