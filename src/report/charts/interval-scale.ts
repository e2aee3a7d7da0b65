import type { Outcome } from '../../core/outcome.ts';

/** A measured value or difference with its interval, against its limit. */
export interface IntervalRow {
  label: string;
  outcome: Outcome;
  low: number;
  point: number;
  high: number;
  limit: number;
  /** No difference at all to the baseline; absent where the limit is on the value itself. */
  reference?: number;
  better: 'higher' | 'lower';
  /** Value or difference with its interval, as a person reads it. */
  numbers: string;
  /** The limit with its relation: `≥ −1.00 points`. */
  limitText: string;
}

/** Shares of the width in [0, 1], better to the right. */
export interface PlacedInterval {
  low: number;
  point: number;
  high: number;
  limit: number;
  reference?: number;
}

/** Where every row has its limit: it aligns down the chart. */
export const LIMIT_AT = 0.25;
/** Where a row has its baseline, unless the interval needs a wider scale. */
const REFERENCE_AT = 0.39;
const LEFT_END = 0.03;
const RIGHT_END = 0.97;

/**
 * Places a row on its own scale, the limit always in the same place. A margin takes the same width in every row in
 * which the interval then fits; else, and without a margin, the scale is the finest on which all of the row shows.
 */
export function placeInterval(row: IntervalRow): PlacedInterval {
  const sign = row.better === 'lower' ? -1 : 1;
  const beyond = (value: number): number => sign * (value - row.limit);
  const margin = row.reference === undefined ? 0 : Math.max(beyond(row.reference), 0);
  const scale = Math.max(
    margin / (REFERENCE_AT - LIMIT_AT),
    ...[row.low, row.point, row.high].map((value) => fittingScale(beyond(value))),
  );
  const at = (value: number): number => LIMIT_AT + (scale === 0 ? 0 : beyond(value) / scale);
  const [worse, best] = sign === 1 ? [row.low, row.high] : [row.high, row.low];
  return {
    low: at(worse),
    point: at(row.point),
    high: at(best),
    limit: LIMIT_AT,
    ...(row.reference === undefined ? {} : { reference: at(row.reference) }),
  };
}

function fittingScale(offset: number): number {
  return offset > 0 ? offset / (RIGHT_END - LIMIT_AT) : -offset / (LIMIT_AT - LEFT_END);
}
