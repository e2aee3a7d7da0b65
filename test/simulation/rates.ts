import { seededRandom, type SeededRandom } from '../../src/stats/random.ts';
import type { Comparison } from '../../src/stats/compare-paired.ts';

/** Measured shares of decisions over the repetitions of one cell. */
export interface Rates {
  pass: number;
  fail: number;
}

/** Runs one cell `repetitions` times, each with draws of its own. */
export function measureRates(
  seed: number,
  repetitions: number,
  run: (random: SeededRandom) => Comparison,
): Rates {
  const random = seededRandom(seed);
  let [pass, fail] = [0, 0];
  for (let i = 0; i < repetitions; i++) {
    const { decision } = run(random);
    if (decision === 'pass') pass++;
    if (decision === 'fail') fail++;
  }
  return { pass: pass / repetitions, fail: fail / repetitions };
}

/** 5 % and three standard errors of a share measured by so many repetitions. */
export function ceiling(repetitions: number): number {
  return 0.05 + 3 * Math.sqrt((0.05 * 0.95) / repetitions);
}

/** A standard normal number (Box & Muller). */
export function gaussian(random: SeededRandom): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** `pass 3.1 %  fail 0.2 %`. */
export function shown({ pass, fail }: Rates): string {
  return `pass ${(100 * pass).toFixed(1)} %  fail ${(100 * fail).toFixed(1)} %`;
}
