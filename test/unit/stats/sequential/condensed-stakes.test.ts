import { describe, expect, it } from 'vitest';
import { logCapital } from '../../../../src/stats/capital.ts';
import { betsFor } from '../../../../src/stats/sequential/bets.ts';
import { condensedStakes } from '../../../../src/stats/sequential/condensed-stakes.ts';
import { mirroredStakes, type Stakes } from '../../../../src/stats/stakes.ts';
import { seededRandom } from '../../../../src/stats/random.ts';

const random = seededRandom(3);
const unit = { low: 0, high: 1 };
const draw = (n: number, value: () => number): Float64Array => Float64Array.from({ length: n }, value);

const SAMPLES: Record<string, Float64Array> = {
  'even spread': draw(20_000, () => random.uniform()),
  'close together with rare large values': draw(20_000, () =>
    random.uniform() < 0.002 ? random.uniform() : 0.5 + 0.001 * random.uniform(),
  ),
  'next to the ends': draw(5000, () => (random.uniform() < 0.5 ? 1e-6 * random.uniform() : 1)),
};

function plain(values: Float64Array): Stakes {
  return { totals: values, weights: undefined, counts: undefined };
}

const sum = (values: Iterable<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);

describe.each(Object.entries(SAMPLES))('condensedStakes: %s', (_, values) => {
  const stakes = condensedStakes(values, unit);
  const counts = stakes.counts ?? new Float64Array();

  it('keeps rows and mean on few points', () => {
    expect(stakes.totals.length).toBeLessThanOrEqual(4104);
    expect(sum(counts)).toBeCloseTo(values.length, 6);
    expect(sum(counts.map((count, i) => count * (stakes.totals[i] ?? NaN)))).toBeCloseTo(sum(values), 6);
  });

  it('never shows more capital than the rows, and hardly less', () => {
    const mean = sum(values) / values.length;
    for (const factor of [0.7, 0.95, 0.99, 1, 1.02]) {
      for (const side of [(x: Stakes) => x, mirroredStakes]) {
        const at = Math.min(0.999, (side === mirroredStakes ? 1 - mean : mean) * factor);
        const [few, all] = [stakes, plain(values)].map((x) => logCapital([side(x)], at, betsFor(10_000)));
        expect(few).toBeLessThanOrEqual((all as number) + 1e-7);
        expect(few).toBeGreaterThan((all as number) - 0.02 - 0.002 * Math.abs(all as number));
      }
    }
  });
});

describe('condensedStakes', () => {
  it('leaves a few distinct values as they are', () => {
    const { totals, counts } = condensedStakes(Float64Array.of(-1, 0, 0, 1, 0), { low: -1, high: 1 });
    const seen = Object.fromEntries(Array.from(totals, (total, i) => [total, counts?.[i]]));
    expect(seen).toEqual({ 0: 1, 0.5: 3, 1: 1 });
  });

  it.each([1.01, -0.01, Number.NaN])('refuses %f', (value) => {
    expect(() => condensedStakes(Float64Array.of(0.5, value), unit)).toThrow(/outside their range/);
  });

  it('has no points without values', () => {
    expect(condensedStakes(new Float64Array(), unit).totals).toHaveLength(0);
  });
});
