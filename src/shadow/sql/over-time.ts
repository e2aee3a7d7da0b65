import { BOTH, SCORED } from './request-counts.ts';
import { THIRDS, thirdOf } from './thirds.ts';

/** How many stretches are shown. */
export const STRETCHES = 24;

/** Equal stretches of the window. */
export interface Buckets {
  from: number;
  to: number;
  count: number;
}

/** The stretch of a request's time, from 0; the last one holds the end of the window. */
export function bucketOf({ from, to, count }: Buckets): string {
  const width = Math.max(1, to - from) / count;
  return `least(${count - 1}, CAST(floor((time - ${from}) / ${width}) AS INTEGER))`;
}

/** Requests that reached both, by stretch of time: columns `bucket`, `n`, `scored`, `flips`, `labelled`. */
export function overTime(buckets: Buckets, flip: string | undefined): string {
  const counts = [
    'count(*) AS n',
    `count(*) FILTER (WHERE ${SCORED}) AS scored`,
    `${flip === undefined ? '0' : `count(*) FILTER (WHERE ${SCORED} AND ${flip})`} AS flips`,
    'count(*) FILTER (WHERE truth IS NOT NULL) AS labelled',
  ];
  return `SELECT ${bucketOf(buckets)} AS bucket, ${counts.join(', ')} FROM labelled WHERE ${BOTH} GROUP BY 1 ORDER BY 1`;
}

/** Stretch and third of the window as one number: three times the stretch and the third. */
export function momentOf(buckets: Buckets): string {
  return `(${THIRDS} * ${bucketOf(buckets)} + ${thirdOf(buckets)})`;
}
