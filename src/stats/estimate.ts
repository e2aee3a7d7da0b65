import type { Interval } from './interval.ts';

/** One metric of one model with what is known about its value on all the rows that the sample stands for. */
export interface Estimate {
  /** The metric of the sample, in its unit; NaN where it is undefined. */
  value: number;
  /** Rows that the value rests on: for precision, recall and F1 those in its denominator. */
  n: number;
  /** Both ends one-sided at 0.95; `undefined` proves nothing. */
  interval: Interval | undefined;
  /** How the interval was made, or would have been. */
  method: string;
  /** Why there is no interval, in a sentence. */
  why?: string;
}

/** An interval and how it was made, or a sentence why there is none. */
export type IntervalResult =
  { interval: Interval; method: string } | { interval: undefined; method: string; why: string };

/** The result without an interval. */
export function noInterval(method: string, why: string): IntervalResult {
  return { interval: undefined, method, why };
}
