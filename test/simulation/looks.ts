import type { Comparison } from '../../src/stats/compare-paired.ts';
import { seededRandom, type SeededRandom } from '../../src/stats/random.ts';

/** Looks at a shadow while it fills: from a fortieth of the plan to all of it. */
export const LOOKS = 40;

/** Rows at each look. */
export function rowsAtLooks(planned: number): number[] {
  return Array.from({ length: LOOKS }, (_, look) => Math.round((planned * (look + 1)) / LOOKS));
}

/** Shares of the repetitions in which any look passed or failed, and in which the last one did. */
export interface LookRates {
  everPass: number;
  everFail: number;
  lastPass: number;
  /** Look at which half of the repetitions had passed, as a share of the plan; Infinity where fewer ever do. */
  medianPass: number;
}

/** The decisions of several methods at the looks of the same rows: one list of decisions a method. */
export type Decisions = Comparison['decision'][][];

/** Runs the looks `repetitions` times, and gives the rates of each method. */
export function measureLooks(
  seed: number,
  repetitions: number,
  run: (random: SeededRandom) => Decisions,
): LookRates[] {
  const random = seededRandom(seed);
  const runs = Array.from({ length: repetitions }, () => run(random));
  return (runs[0] ?? []).map((_, method) => ratesOf(runs.map((decisions) => decisions[method] ?? [])));
}

function ratesOf(runs: Comparison['decision'][][]): LookRates {
  const share = (holds: (decisions: Comparison['decision'][]) => boolean): number =>
    runs.filter(holds).length / runs.length;
  const firsts = runs
    .map((decisions) => decisions.indexOf('pass'))
    .map((look) => (look < 0 ? Infinity : look));
  const middle = firsts.sort((a, b) => a - b)[Math.floor(runs.length / 2)] ?? Infinity;
  return {
    everPass: share((decisions) => decisions.includes('pass')),
    everFail: share((decisions) => decisions.includes('fail')),
    lastPass: share((decisions) => decisions.at(-1) === 'pass'),
    medianPass: (middle + 1) / LOOKS,
  };
}

/** `3.1 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
