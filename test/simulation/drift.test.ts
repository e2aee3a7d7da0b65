import { describe, expect, it } from 'vitest';
import type { Column } from '../../src/core/table.ts';
import { binTable } from '../../src/stats/drift/bin-table.ts';
import { chiSquareTail } from '../../src/stats/drift/chi-square-distribution.ts';
import type { DriftResult } from '../../src/stats/drift/drift-result.ts';
import { homogeneity } from '../../src/stats/drift/homogeneity.ts';
import { measureDrift } from '../../src/stats/drift/measure-drift.ts';
import { seededRandom, type SeededRandom } from '../../src/stats/random.ts';
import { ceiling, gaussian } from './rates.ts';

type Population = (random: SeededRandom, n: number) => Column;

const normal = ofNumbers(gaussian);

/** Features whose two sides come from one distribution. */
const POPULATIONS: Record<string, Population> = {
  normal,
  'log-normal in steps of 0.1': ofNumbers((random) => Math.round(10 * Math.exp(gaussian(random))) / 10),
  'zero three times in five': ofNumbers((random) => (random.uniform() < 0.6 ? 0 : gaussian(random))),
  'whole numbers 0 to 9': ofNumbers((random) => Math.floor(10 * random.uniform() ** 2)),
  'one number': ofNumbers(() => 3),
  'a number, missing once in ten': (random, n) => {
    const values = Float64Array.from({ length: n }, () => (random.uniform() < 0.1 ? NaN : gaussian(random)));
    return { type: 'number', values, missing: values.filter(Number.isNaN).length };
  },
  'yes or no': ofTexts((random) => (random.uniform() < 0.3 ? 'yes' : 'no')),
  'eight categories, some rare': ofTexts((random) => `c${Math.floor(-Math.log2(1 - random.uniform()))}`),
  'a long tail of categories': ofTexts((random) => `c${Math.floor(1 / (1 - random.uniform()))}`),
  'a text that never repeats': ofTexts((random) => `id-${random.uniform()}`),
};

function ofNumbers(draw: (random: SeededRandom) => number): Population {
  return (random, n) => ({
    type: 'number',
    values: Float64Array.from({ length: n }, () => draw(random)),
    missing: 0,
  });
}

function ofTexts(draw: (random: SeededRandom) => string): Population {
  return (random, n) => ({
    type: 'string',
    values: Array.from({ length: n }, () => draw(random)),
    missing: 0,
  });
}

interface Cell {
  name: string;
  n: number;
  m: number;
  repetitions: number;
}

/** How often a measured result is so, as a share of the repetitions. */
function share(results: readonly DriftResult[], holds: (result: DriftResult) => boolean): number {
  return results.filter(holds).length / results.length;
}

function withoutDrift({ name, n, m, repetitions }: Cell): DriftResult[] {
  const random = seededRandom(n * 31 + m + name.length);
  const draw = POPULATIONS[name] as Population;
  return Array.from({ length: repetitions }, () => measureDrift(draw(random, n), draw(random, m)));
}

const SIZES = [100, 200, 1000, 5000];

const cells: Cell[] = Object.keys(POPULATIONS).flatMap((name) =>
  SIZES.flatMap((n) =>
    SIZES.filter((m) => name === 'normal' || n === m || n * m === 500_000).map((m) => ({
      name,
      n,
      m,
      repetitions: n + m > 3000 ? 400 : 1000,
    })),
  ),
);

/** 1 % and three standard errors of a share measured by so many repetitions. */
function rareCeiling(repetitions: number): number {
  return 0.01 + 3 * Math.sqrt((0.01 * 0.99) / repetitions);
}

describe('without drift', () => {
  it.each(cells)(
    '$name, $n and $m rows: at most 1 % are flagged, and 5 % of the p-values are below 0.05',
    (cell) => {
      const results = withoutDrift(cell);
      const rates = {
        flagged: share(results, ({ judgement }) => judgement === 'investigate' || judgement === 'alert'),
        undecided: share(results, ({ judgement }) => judgement === 'undecided'),
        limit: share(results, ({ psi = NaN }) => psi >= 0.1),
        p: share(results, ({ p = 1 }) => p <= 0.05),
        ks: share(results, ({ ks }) => (ks?.p ?? 1) <= 0.05),
        chiSquare: share(results, ({ chiSquare }) => (chiSquare?.p ?? 1) <= 0.05),
      };
      console.log(`${cell.name} ${cell.n} ${cell.m}: ${JSON.stringify(rates)}`);
      if (cell.name === 'normal' && cell.n + cell.m === 200) expect(rates.limit).toBeGreaterThan(0.7);
      expect(rates.flagged).toBeLessThanOrEqual(rareCeiling(cell.repetitions));
      for (const rate of [rates.p, rates.ks, rates.chiSquare])
        expect(rate).toBeLessThanOrEqual(ceiling(cell.repetitions));
    },
  );
});

describe('power', () => {
  it.each([
    { n: 200, least: 0.7 },
    { n: 1000, least: 0.95 },
    { n: 5000, least: 1 },
  ])(
    'a normal feature shifted by half a standard deviation, $n rows a side: flagged at least $least',
    ({ n, least }) => {
      const random = seededRandom(n);
      const shifted = ofNumbers((source) => gaussian(source) + 0.5);
      const results = Array.from({ length: 200 }, () => measureDrift(normal(random, n), shifted(random, n)));
      const flagged = share(results, ({ judgement }) => judgement === 'investigate' || judgement === 'alert');
      console.log(`shift of 0.5, ${n}: flagged ${flagged}, p ${share(results, ({ p = 1 }) => p <= 0.05)}`);
      expect(flagged).toBeGreaterThanOrEqual(least);
      expect(share(results, ({ judgement }) => judgement === 'stable')).toBe(0);
      expect(share(results, ({ p = 1 }) => p <= 0.05)).toBeGreaterThanOrEqual(0.95);
    },
  );
});

describe('a χ² that takes the reference as the truth', () => {
  it('raises false alarms more than half the time at 1,000 against 5,000 rows; homogeneity at most one in twenty', () => {
    const results = Array.from({ length: 400 }, (_, seed) => {
      const random = seededRandom(seed);
      const [r, c] = [tenBins(random, 1000), tenBins(random, 5000)];
      const naive = c.reduce((sum, count, i) => sum + (count - 5 * (r[i] ?? 0)) ** 2 / (5 * (r[i] ?? 0)), 0);
      return {
        naive: chiSquareTail(naive, 9),
        homogeneity: homogeneity(binTable(counts(r), counts(c)))?.p ?? NaN,
      };
    });
    const alarms = (key: 'naive' | 'homogeneity') =>
      results.filter((p) => p[key] <= 0.05).length / results.length;
    console.log(`false alarms of χ²: naive ${alarms('naive')}, homogeneity ${alarms('homogeneity')}`);
    expect(alarms('naive')).toBeGreaterThan(0.5);
    expect(alarms('homogeneity')).toBeLessThanOrEqual(ceiling(results.length));
  });

  const counts = (bins: number[]) => ({ bins, unseen: 0, nonFinite: 0, missing: 0 });

  function tenBins(random: SeededRandom, n: number): number[] {
    const bins = Array<number>(10).fill(0);
    for (let row = 0; row < n; row++) {
      const bin = random.below(10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    return bins;
  }
});
