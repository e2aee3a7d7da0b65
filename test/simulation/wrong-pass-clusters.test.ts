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
