import { describe, expect, it } from 'vitest';
import type { Interval } from '../../src/stats/interval.ts';
import { clopperPearson } from '../../src/stats/clopper-pearson.ts';
import { quantileRanks } from '../../src/stats/quantile.ts';
import { quantileRanksAtEveryLook } from '../../src/stats/sequential/quantile-ranks.ts';
import { shareAtEveryLook } from '../../src/stats/sequential/share-at-every-look.ts';
import { percent, rowsAtLooks } from './looks.ts';

type Bounds = (count: number, n: number) => Interval;

/** Counts at a look that decide: at most `pass` rows, or at least `fail`. */
interface Boundary {
  pass: number;
  fail: number;
}

/** Largest count whose upper bound is within the limit, and smallest whose lower bound is beyond it. */
function boundaryOf(bounds: Bounds, n: number, limit: number): Boundary {
  const pass = firstCount(n, (count) => bounds(count, n).high > limit) - 1;
  return { pass, fail: firstCount(n, (count) => bounds(count, n).low > limit) };
}

function firstCount(n: number, holds: (count: number) => boolean): number {
  let [low, high] = [0, n + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Exact chance that a share of `truth` crosses the boundary at any look: counts are followed from look to look. */
function everCrosses(
  looks: readonly number[],
  truth: number,
  crosses: (n: number, count: number) => boolean,
): number {
  let alive = Float64Array.of(1);
  let crossed = 0;
  looks.forEach((n, look) => {
    alive = convolve(alive, binomial(n - (looks[look - 1] ?? 0), truth));
    alive.forEach((chance, count) => {
      if (chance === 0 || !crosses(n, count)) return;
      crossed += chance;
      alive[count] = 0;
    });
  });
  return crossed;
}

function binomial(n: number, p: number): Float64Array {
  let law = Float64Array.of(1);
  for (let row = 0; row < n; row++) law = convolve(law, Float64Array.of(1 - p, p));
  return law;
}

function convolve(a: Float64Array, b: Float64Array): Float64Array<ArrayBuffer> {
  const sums = new Float64Array(a.length + b.length - 1);
  a.forEach((x, i) => {
    if (x > 1e-18)
      for (let j = 0; j < b.length; j++) sums[i + j] = (sums[i + j] as number) + x * (b[j] as number);
  });
  return sums;
}

const METHODS: Record<'every look' | 'one look', (planned: number) => Bounds> = {
  'every look': (planned) => (count, n) => shareAtEveryLook({ count, n, planned }),
  'one look': () => (count, n) => clopperPearson(count, n) as Interval,
};

describe('shares: exact chance of a wrong decision in 40 looks, at a true share equal to the limit', () => {
  it.each([
    [10_000, 0.3],
    [10_000, 0.05],
    [10_000, 0.003],
    [400, 0.3],
    [400, 0.02],
  ])('planned %i, limit %f', (planned, limit) => {
    const looks = rowsAtLooks(planned);
    const rates = Object.entries(METHODS).map(([name, method]) => {
      const boundaries = new Map(looks.map((n) => [n, boundaryOf(method(planned), n, limit)]));
      const pass = everCrosses(looks, limit, (n, count) => count <= (boundaries.get(n)?.pass ?? -1));
      const fail = everCrosses(looks, limit, (n, count) => count >= (boundaries.get(n)?.fail ?? Infinity));
      console.log(
        `share planned=${planned} limit=${limit} ${name}: pass ${percent(pass)} fail ${percent(fail)}`,
      );
      return { pass, fail };
    });
    expect(Math.max(rates[0]?.pass ?? 1, rates[0]?.fail ?? 1)).toBeLessThanOrEqual(0.05);
    expect(Math.max(rates[1]?.pass ?? 0, rates[1]?.fail ?? 0)).toBeGreaterThan(0.1);
  });
});

describe('quantiles: exact chance that 40 looks ever exclude the true one', () => {
  it.each([0.5, 0.95, 0.99])('fraction %f', (fraction) => {
    const planned = 4000;
    const looks = rowsAtLooks(planned);
    const ranks = new Map(looks.map((n) => [n, quantileRanksAtEveryLook({ n, fraction, planned })]));
    // Values up to the quantile are binomial: the low rank lies above it when fewer than that many are.
    const low = everCrosses(looks, fraction, (n, count) => count < (ranks.get(n)?.low ?? 0));
    const high = everCrosses(looks, fraction, (n, count) => count >= (ranks.get(n)?.high ?? Infinity));
    const once = new Map(looks.map((n) => [n, quantileRanks(n, fraction)]));
    const onceHigh = everCrosses(looks, fraction, (n, count) => count >= (once.get(n)?.high ?? Infinity));
    console.log(
      `quantile ${fraction}: low ${percent(low)} high ${percent(high)}; one look: high ${percent(onceHigh)}`,
    );
    expect(Math.max(low, high)).toBeLessThanOrEqual(0.05);
    expect(onceHigh).toBeGreaterThan(0.1);
  });
});
