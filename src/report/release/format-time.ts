const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
] as const;

/** How long something lasted, in at most two units, rounded down: `3d 4h`, `2h 10m`, `45s`; below a second `0s`. */
export function formatSpan(ms: number): string {
  const at = UNITS.findIndex(([, size]) => ms >= size);
  const first = UNITS[at];
  if (first === undefined) return '0s';
  const [unit, size] = first;
  const head = `${Math.floor(ms / size)}${unit}`;
  const second = UNITS[at + 1];
  const rest = second === undefined ? 0 : Math.floor((ms % size) / second[1]);
  return second === undefined || rest === 0 ? head : `${head} ${rest}${second[0]}`;
}

const ISO = /(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):(\d{2})(?:\.\d+)?Z/g;

/** An ISO time to the minute: `2026-03-01 12:00`; always UTC. Anything else stays as it is. */
export function formatMoment(iso: string): string {
  return iso.replace(ISO, '$1 $2');
}

/** A text whose ISO times are written to the second, the way people read them. */
export function withReadableTimes(text: string): string {
  return text.replace(ISO, '$1 $2:$3 UTC');
}
