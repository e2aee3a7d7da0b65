import { describe, expect, it } from 'vitest';
import { compareCounts } from '../../src/stats/compare-accuracy.ts';
import { normalCdf } from '../../src/stats/distributions.ts';

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
  const log = (k: number, p: number): number => (k === 0 ? 0 : k * Math.log(p));
  const logs =
    (LOG_FACTORIAL[n] as number) -
    (LOG_FACTORIAL[b] as number) -
    (LOG_FACTORIAL[c] as number) -
    (LOG_FACTORIAL[n - b - c] as number);
  return Math.exp(logs + log(b, gain + loss) + log(c, gain) + log(n - b - c, 1 - 2 * gain - loss));
}

/** Chances of pass and fail, by enumeration of every outcome that is likelier than about 1e-9. */
function exactRates(population: Population): { pass: number; fail: number } {
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
      const { low, high } = compareCounts({ championOnly: b, challengerOnly: c, n }, margin).interval;
      if (high <= margin) pass += p;
      if (low > margin) fail += p;
    }
  }
  return { pass, fail };
}

const EXPECTED_WITHIN_MARGIN = [1, 2.9, 3.1, 4, 5.5, 8, 12, 20, 32];
const GAINS = [0, 0.2, 1, 3, 10];

describe('accuracy: chance of a wrong decision at a true loss equal to the margin, enumerated', () => {
  it.each([20, 50, 200, 1000])('n = %i: never above 5 %%', (n) => {
    let [pass, fail] = [0, 0];
    for (const k of EXPECTED_WITHIN_MARGIN.filter((k) => k / n <= 0.3)) {
      for (const gain of [...GAINS.map((rows) => rows / n), 0.1, 0.25].filter((g) => 2 * g + k / n < 1)) {
        const rates = exactRates({ n, margin: k / n, gain, loss: k / n });
        pass = Math.max(pass, rates.pass);
        fail = Math.max(fail, rates.fail);
      }
    }
    console.log(
      `accuracy n=${n}: worst wrong pass ${(100 * pass).toFixed(2)} %, worst false fail ${(100 * fail).toFixed(2)} %`,
    );
    expect(pass).toBeLessThanOrEqual(0.05);
    expect(fail).toBeLessThanOrEqual(0.05);
    expect(pass).toBeGreaterThan(0.02);
  });

  it('power without any true loss, printed; grows with n', () => {
    const powers = [200, 500, 1000, 2000, 4000].map((n) => {
      const { pass } = exactRates({ n, margin: 0.02, gain: 0.03, loss: 0 });
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
