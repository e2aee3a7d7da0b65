/** A closed range of an axis, low < high. */
export interface Domain {
  low: number;
  high: number;
}

/** The range of some finite values; nothing at all is [0, 1], and equal values get room on both sides. */
export function domainOf(values: readonly number[]): Domain {
  if (values.length === 0) return { low: 0, high: 1 };
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (low < high) return { low, high };
  const room = Math.max(Math.abs(low) * 0.1, 1e-9);
  return { low: low - room, high: high + room };
}

/** About `count` round tick values (1, 2 or 5 times a power of ten apart) within a range. */
export function niceTicks({ low, high }: Domain, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const length = Math.min(Math.max(last - first + 1, 0), 4 * count);
  return Array.from({ length }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
