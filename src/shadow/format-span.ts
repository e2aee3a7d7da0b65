const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A span of time as people say it, in the largest unit of which there are two: `3 days`, `36 hours`, `90 seconds`. Milliseconds in, ≥ 0. */
export function formatSpan(ms: number): string {
  const [name, size] = UNITS.find(([, unit]) => ms >= 2 * unit) ?? UNITS[3];
  const count = ms / size;
  const rounded = count >= 10 ? Math.round(count) : Number(count.toFixed(1));
  return `${rounded} ${name}${rounded === 1 ? '' : 's'}`;
}
