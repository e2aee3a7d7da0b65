import { sumNthPowerDeviations } from 'simple-statistics';
import type { ResamplingOptions } from './bootstrap.ts';
import { studentQuantile } from './distributions.ts';
import { type IntervalResult, noInterval } from './estimate.ts';
import { ONE_SIDED } from './interval.ts';
import { seededRandom } from './random.ts';
import type { SamplingUnits } from './sampling-units.ts';

const BLOCKS = 20;

/**
 * Delete-a-group jackknife (Kott 2001): the units are dealt to 20 blocks at random, the metric is computed 20 times without one
 * of them, and the spread gives a t interval with 19 degrees of freedom about the metric of all rows, each end one-sided at 0.95.
 * For n so large that smooth metrics are normal. None where a value is undefined or all agree.
 */
export function blockJackknife(options: ResamplingOptions, units: SamplingUnits): IntervalResult {
  const over = units.clustered ? ` over ${units.count} clusters` : '';
  const method = `jackknife${over}, ${BLOCKS} blocks`;
  const values = valuesWithoutBlock(options, units);
  const error = Math.sqrt(((BLOCKS - 1) / BLOCKS) * sumNthPowerDeviations(values, 2));
  if (Number.isNaN(error)) {
    return noInterval(method, 'The metric is undefined without one of the blocks.');
  }
  if (values.every((value) => value === values[0])) {
    return noInterval(method, 'All blocks give the same value, which proves nothing.');
  }
  const value = options.statistic(units.rowsOf(unitNumbers(units.count)));
  const half = studentQuantile(ONE_SIDED, BLOCKS - 1) * error;
  return { interval: { low: value - half, high: value + half }, method };
}

/** The metric without each of the 20 blocks in turn. */
export function valuesWithoutBlock(options: ResamplingOptions, units: SamplingUnits): number[] {
  const all = unitNumbers(units.count);
  const blocks = dealt(units.count, options.seed);
  return Array.from({ length: BLOCKS }, (_, block) =>
    options.statistic(units.rowsOf(all.filter((unit) => blocks[unit] !== block))),
  );
}

function unitNumbers(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, unit) => unit);
}

/** A block for each unit, all blocks equally often beside one, in random order (Fisher & Yates). */
function dealt(count: number, seed: number): Uint8Array {
  const random = seededRandom(seed);
  const blocks = new Uint8Array(count).map((_, unit) => unit % BLOCKS);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const moved = blocks[last] ?? 0;
    blocks[last] = blocks[other] ?? 0;
    blocks[other] = moved;
  }
  return blocks;
}
