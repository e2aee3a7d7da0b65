import { describe, expect, it } from 'vitest';
import { compareCounts } from '../../src/stats/compare-accuracy.ts';
import { normalCdf } from '../../src/stats/distributions.ts';
import type { Interval } from '../../src/stats/interval.ts';

/** log k! for k = 0 … 4000. */
const LOG_FACTORIAL = Float64Array.from({ length: 4001 }).map((_, k, all) => {
  return (all[k] = k === 0 ? 0 : (all[k - 1] as number) + Math.log(k));
});

interface Population {
  n: number;
  margin: number;
  /** Share of rows that only the challenger gets right. */
  gain: number;
  /** Champion's accuracy minus the challenger's. */
  loss: number;
}

/** Probability of (championOnly, challengerOnly) among n rows. */
function probability({ n, gain, loss }: Population, b: number, c: number): number {
  // All rows discordant: 1 − 2·gain − loss is 0 but for rounding.
  const log = (k: number, p: number): number => (k === 0 ? 0 : k * Math.log(p < 1e-12 ? 0 : p));
  const logs =
    (LOG_FACTORIAL[n] as number) -
    (LOG_FACTORIAL[b] as number) -
    (LOG_FACTORIAL[c] as number) -
    (LOG_FACTORIAL[n - b - c] as number);
  return Math.exp(logs + log(b, gain + loss) + log(c, gain) + log(n - b - c, 1 - 2 * gain - loss));
}

type BoundsOf = (championOnly: number, challengerOnly: number) => Interval;

function boundsFor(n: number): BoundsOf {
  return (championOnly, challengerOnly) => compareCounts({ championOnly, challengerOnly, n }, 0).interval;
}

/** The bounds of n rows, computed once for each outcome: they do not depend on the margin. */
function rememberedBounds(n: number): BoundsOf {
  const bounds = boundsFor(n);
  const lows = new Float64Array((n + 1) ** 2).fill(NaN);
  const highs = new Float64Array((n + 1) ** 2);
  return (b, c) => {
    const at = b * (n + 1) + c;
    if (Number.isNaN(lows[at])) ({ low: lows[at], high: highs[at] } = bounds(b, c));
    return { low: lows[at] as number, high: highs[at] as number };
  };
}

/** Chances of pass and fail, by enumeration of every outcome that is likelier than about 1e-9. */
function exactRates(population: Population, bounds: BoundsOf): { pass: number; fail: number } {
  const { n, margin, gain, loss } = population;
  const within = (share: number): [number, number] => {
    const spread = 6 * Math.sqrt(n * share * (1 - share)) + 12;
    return [Math.max(0, Math.floor(n * share - spread)), Math.min(n, Math.ceil(n * share + spread))];
  };
  const [lowB, highB] = within(gain + loss);
  const [lowC, highC] = within(gain);
  let [pass, fail] = [0, 0];
  for (let b = lowB; b <= highB; b++) {
    for (let c = lowC; c <= Math.min(highC, n - b); c++) {
      const p = probability(population, b, c);
      if (p < 1e-12) continue;
      const { low, high } = bounds(b, c);
      if (high <= margin) pass += p;
      if (low > margin) fail += p;
    }
  }
  return { pass, fail };
}

const MARGINS = [
  0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.39, 0.44, 0.45, 0.5,
];
/** Rows that the margin allows: where the decision changes with a single row. */
const EXPECTED_WITHIN_MARGIN = [1, 2.9, 3.1, 4, 5.5, 8, 12, 20, 32];
/** Discordant rows beside those of the margin, as a number and as a share of those that agree otherwise; 1: every row is discordant. */
const EXTRA_ROWS = [0, 0.4, 2, 6, 20];
const EXTRA_SHARES = [0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 0.99, 0.999, 1];

/** Populations at the edge: true loss = margin, discordance from the margin itself to every row. */
function edges(n: number): Population[] {
  const margins = [...MARGINS, ...EXPECTED_WITHIN_MARGIN.map((rows) => rows / n).filter((m) => m <= 0.5)];
  return margins.flatMap((margin) => {
    const extras = [...EXTRA_ROWS.map((rows) => rows / n), ...EXTRA_SHARES.map((s) => s * (1 - margin))];
    return extras
      .filter((extra) => extra + margin <= 1)
      .map((extra) => ({ n, margin, gain: extra / 2, loss: margin }));
  });
}

describe('accuracy: chance of a wrong decision at a true loss equal to the margin, enumerated', () => {
  it.each([20, 50, 52, 100, 200, 500, 1000, 2000])('n = %i: never above 5 %%', (n) => {
    const bounds = rememberedBounds(n);
    const rates = edges(n).map((population) => exactRates(population, bounds));
    const pass = Math.max(...rates.map((rate) => rate.pass));
    const fail = Math.max(...rates.map((rate) => rate.fail));
    console.log(
      `accuracy n=${n}, ${rates.length} populations: worst wrong pass ${(100 * pass).toFixed(2)} %, worst false fail ${(100 * fail).toFixed(2)} %`,
    );
    expect(pass).toBeLessThanOrEqual(0.05);
    expect(fail).toBeLessThanOrEqual(0.05);
    expect(pass).toBeGreaterThan(0.02);
  });

  it('power without any true loss, printed; grows with n', () => {
    const powers = [200, 500, 1000, 2000, 4000].map((n) => {
      const { pass } = exactRates({ n, margin: 0.02, gain: 0.03, loss: 0 }, boundsFor(n));
      const wald = normalCdf((0.02 * Math.sqrt(n)) / Math.sqrt(0.06) - 1.645);
      console.log(
        `power accuracy margin .02, 6 % discordant, n=${n}: ${(100 * pass).toFixed(0)} % (Wald's formula: ${(100 * wald).toFixed(0)} %)`,
      );
      return pass;
    });
    expect(powers).toEqual(powers.toSorted((a, b) => a - b));
    expect(powers.at(-1)).toBeGreaterThan(0.95);
  });
});
