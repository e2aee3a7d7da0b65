import { blockJackknife, valuesWithoutBlock } from './block-jackknife.ts';
import { normalCdf, normalQuantile } from './distributions.ts';
import { type IntervalResult, noInterval } from './estimate.ts';
import { ONE_SIDED } from './interval.ts';
import { quantile } from './quantile.ts';
import { seededRandom } from './random.ts';
import { lowerIndex, upperIndex } from './sorted-search.ts';
import { samplingUnits, type SamplingUnits } from './sampling-units.ts';

/** What to resample, and how. */
export interface ResamplingOptions {
  /** Number of rows. */
  n: number;
  /** The metric of the given rows (repeats allowed); NaN where it is undefined. */
  statistic: (rows: Int32Array) => number;
  seed: number;
  /** n ids: rows of the same id are drawn together. */
  clusters?: Int32Array | undefined;
  /** Plain percentiles (Efron 1979) for metrics that resampling itself shifts, whose bias the caller takes off. */
  plain?: boolean | undefined;
}

const FEWEST_UNITS = 20;
const MOST_ROWS = 50_000;

/**
 * Bias-corrected and accelerated bootstrap (Efron 1987) of any metric, each end one-sided at about 0.95, the same for the same
 * seed; rows are resampled, or whole clusters. 1,000 resamples up to 5,000 rows, 5,000,000 / n above, at least 200;
 * above 50,000 rows a block jackknife.
 * None for fewer than 20 units, where more than 1 % of the resamples are undefined, or where all agree: that proves nothing.
 */
export function bootstrapInterval(options: ResamplingOptions): IntervalResult {
  const units = samplingUnits(options.n, options.clusters);
  const noun = `${units.clustered ? 'cluster' : 'row'}${units.count === 1 ? '' : 's'}`;
  if (units.count < FEWEST_UNITS) {
    return noInterval('bootstrap', `Only ${units.count} ${noun}: resampling needs at least ${FEWEST_UNITS}.`);
  }
  return options.n > MOST_ROWS ? blockJackknife(options, units) : resample(options, units);
}

function resample(options: ResamplingOptions, units: SamplingUnits): IntervalResult {
  const count = resampleCount(options.n);
  const over = units.clustered ? ` over ${units.count} clusters` : '';
  const method = `bootstrap${over}, ${count} resamples`;
  const values = replicates(options, units);
  if (values.length < 0.99 * count) {
    return noInterval(method, `The metric is undefined in ${count - values.length} of ${count} resamples.`);
  }
  if (values[0] === values.at(-1)) {
    return noInterval(method, 'All resamples give the same value, which proves nothing.');
  }
  const level = options.plain ? (nominal: number) => nominal : correctedLevels(options, units, values);
  const interval = { low: quantile(values, level(1 - ONE_SIDED)), high: quantile(values, level(ONE_SIDED)) };
  return { interval, method };
}

/**
 * Bias-corrected and accelerated levels (Efron 1987, equation 2.3): bias from the share of resamples below the metric of all rows,
 * acceleration from the skewness of the metric without each of 20 blocks.
 */
function correctedLevels(options: ResamplingOptions, units: SamplingUnits, values: Float64Array) {
  const all = Int32Array.from({ length: units.count }, (_, unit) => unit);
  const value = options.statistic(units.rowsOf(all));
  const below = (lowerIndex(values, value) + upperIndex(values, value)) / 2 / values.length;
  const bias = normalQuantile(Math.min(Math.max(below, 0.5 / values.length), 1 - 0.5 / values.length));
  const acceleration = accelerationOf(valuesWithoutBlock(options, units));
  return (level: number): number => {
    const shifted = bias + normalQuantile(level);
    return normalCdf(bias + shifted / (1 - acceleration * shifted));
  };
}

function accelerationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (mean - value) ** 2, 0);
  const cubes = values.reduce((sum, value) => sum + (mean - value) ** 3, 0);
  const acceleration = cubes / (6 * squares ** 1.5);
  return Number.isFinite(acceleration) ? acceleration : 0;
}

/** The defined values of the metric over the resamples, ascending. */
function replicates({ n, statistic, seed }: ResamplingOptions, units: SamplingUnits): Float64Array {
  const random = seededRandom(seed);
  const drawn = new Int32Array(units.count);
  const values = new Float64Array(resampleCount(n));
  for (let index = 0; index < values.length; index++) {
    for (let unit = 0; unit < drawn.length; unit++) drawn[unit] = random.below(units.count);
    values[index] = statistic(units.rowsOf(drawn));
  }
  return values.filter((value) => !Number.isNaN(value)).sort();
}

function resampleCount(n: number): number {
  return Math.min(1000, Math.max(200, Math.floor(5_000_000 / n)));
}
