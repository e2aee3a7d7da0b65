import { KnownGoodError } from './errors.ts';
import { seen } from './seen.ts';

const MS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A number and a unit without a space: `5ms`, `1.5s`, `30m`, `24h`, `7d`. */
export const DURATION = /^(\d{1,9}(?:\.\d{1,6})?)(ms|s|m|h|d)$/;

/** What `parseDuration` takes, in words. */
export const DURATION_ALLOWED = 'a duration such as 5ms, 1.5s, 30m, 24h or 7d';

/** Milliseconds of a duration such as `5ms` or `24h`; anything else, and 0, is an `input` error. */
export function parseDuration(text: string): number {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  const ms = Number(amount) * (MS[unit as keyof typeof MS] ?? NaN);
  if (ms > 0) return ms;
  throw new KnownGoodError('input', `Not a duration: saw ${seen(text)}, allowed: ${DURATION_ALLOWED}.`);
}

/**
 * A duration for people, in the unit that keeps the number readable, at most three decimals (three significant
 * digits below 1 ms): 0.01364 → `0.0136ms`, 1500 → `1.5s`, 86 400 000 → `24h`.
 */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 1) return `${Number(ms.toPrecision(3))}ms`;
  if (size < MS.s) return `${Number(ms.toFixed(3))}ms`;
  const unit = size < 2 * MS.m ? 's' : size < 2 * MS.h ? 'm' : size < 2 * MS.d ? 'h' : 'd';
  return `${Number((ms / MS[unit]).toFixed(3))}${unit}`;
}
