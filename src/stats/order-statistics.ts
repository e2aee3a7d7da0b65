const BINS = 1 << 16;
const FEW = 1 << 13;
const DEEPEST = 4;

/**
 * The values at some ranks of `values` in ascending order, rank 0 being the smallest, without sorting them: what `values.slice().sort()` has
 * there. Ten million take a tenth of a second. Ranks are integers in [0, n); no value is NaN; `values` stay as they are.
 */
export function orderStatistics(values: Float64Array, ranks: readonly number[]): number[] {
  const found = new Map<number, number>();
  select(values, { ranks: [...new Set(ranks)], before: 0, depth: 0 }, found);
  return ranks.map((rank) => found.get(rank) ?? Number.NaN);
}

/** Quantiles of n ≥ 1 values at p in [0, 1] as `quantile` has them of sorted ones: by linear interpolation (type 7). */
export function quantilesOf(values: Float64Array, ps: readonly number[]): number[] {
  const positions = ps.map((p) => (values.length - 1) * p);
  const last = values.length - 1;
  const ranks = positions.flatMap((position) => [
    Math.floor(position),
    Math.min(Math.floor(position) + 1, last),
  ]);
  const found = orderStatistics(values, ranks);
  return positions.map((position, index) => {
    const [low = Number.NaN, high = Number.NaN] = [found[2 * index], found[2 * index + 1]];
    const below = Math.floor(position);
    return position === below ? low : low + (high - low) * (position - below);
  });
}

/** The rank of the exact quantile at `share` in [0, 1] of n ≥ 1 values: of the smallest one with at least that share at or below it. */
export function rankOf(share: number, n: number): number {
  return Math.min(n, Math.max(1, n - Math.floor(n - share * n))) - 1;
}

interface Wanted {
  ranks: readonly number[];
  /** How many values come before these ones. */
  before: number;
  depth: number;
}

/** Counts the values in bins of equal width and goes on within the bins that hold a wanted rank. */
function select(values: Float64Array, wanted: Wanted, found: Map<number, number>): void {
  if (wanted.ranks.length === 0) return;
  const { low, high } = rangeOf(values);
  const scale = BINS / (high - low);
  if (low === high || values.length <= FEW || wanted.depth === DEEPEST || !(scale > 0 && scale < Infinity))
    return pick(low === high ? values : values.slice().sort(), wanted, found);
  const bins = { low, scale };
  const counts = countBins(values, bins);
  const within = wantedBins(counts, wanted);
  const sizes = new Map(within.map(({ bin }) => [bin, counts[bin] as number]));
  const parts = valuesOf(values, bins, sizes);
  for (const [index, { bin: _, ...inside }] of within.entries())
    select(parts[index] as Float64Array, inside, found);
}

function pick(sorted: Float64Array, { ranks, before }: Wanted, found: Map<number, number>): void {
  for (const rank of ranks) found.set(rank, sorted[rank - before] ?? Number.NaN);
}

function rangeOf(values: Float64Array): { low: number; high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

interface Bins {
  low: number;
  /** Bins a unit. */
  scale: number;
}

function countBins(values: Float64Array, { low, scale }: Bins): Uint32Array {
  const counts = new Uint32Array(BINS);
  for (let i = 0; i < values.length; i++) {
    const place = Math.floor(((values[i] as number) - low) * scale);
    const bin = place < BINS ? place : BINS - 1;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts;
}

function wantedBins(counts: Uint32Array, { ranks, before, depth }: Wanted): (Wanted & { bin: number })[] {
  const ascending = ranks.toSorted((a, b) => a - b);
  const found: (Wanted & { bin: number })[] = [];
  let [next, seen] = [0, before];
  for (let bin = 0; bin < BINS && next < ascending.length; bin++) {
    const end = seen + (counts[bin] as number);
    const first = next;
    while (next < ascending.length && (ascending[next] as number) < end) next++;
    if (next > first)
      found.push({ bin, ranks: ascending.slice(first, next), before: seen, depth: depth + 1 });
    seen = end;
  }
  return found;
}

/** The values of each wanted bin, by one pass over all. */
function valuesOf(
  values: Float64Array,
  { low, scale }: Bins,
  sizes: ReadonlyMap<number, number>,
): Float64Array[] {
  const slots = new Int32Array(BINS).fill(-1);
  const inside = [...sizes].map(([bin, size], slot) => {
    slots[bin] = slot;
    return new Float64Array(size);
  });
  const next = new Int32Array(inside.length);
  for (let i = 0; i < values.length; i++) {
    const place = Math.floor(((values[i] as number) - low) * scale);
    const slot = slots[place < BINS ? place : BINS - 1] as number;
    if (slot < 0) continue;
    const at = next[slot] as number;
    (inside[slot] as Float64Array)[at] = values[i] as number;
    next[slot] = at + 1;
  }
  return inside;
}
