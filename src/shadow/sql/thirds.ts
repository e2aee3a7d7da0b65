/** The window of the requests, in milliseconds since 1970. */
export interface TimeSpan {
  from: number;
  to: number;
}

export const THIRDS = 3;

/** The third of the window that a request is from: 0, 1 or 2. */
export function thirdOf({ from, to }: TimeSpan): string {
  const third = (to - from) / 3;
  return `CASE WHEN time < ${from + third} THEN 0 WHEN time < ${from + 2 * third} THEN 1 ELSE 2 END`;
}
