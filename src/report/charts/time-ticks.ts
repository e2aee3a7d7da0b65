import type { Domain } from './ticks.ts';

const DAY = 86_400_000;
const MOST = 5;

/** Up to five instants of a range of milliseconds since 1970, in UTC, written as finely as the range asks: month, day or minute. */
export function timeTicks({ low, high }: Domain): { at: number; text: string }[] {
  const span = high - low;
  const write = (at: number): string => {
    const iso = new Date(at).toISOString();
    if (span > 200 * DAY) return iso.slice(0, 7);
    return span > 3 * DAY ? iso.slice(5, 10) : `${iso.slice(8, 10)}. ${iso.slice(11, 16)}`;
  };
  return Array.from({ length: MOST }, (_, index) => {
    const at = low + (span * (index + 0.5)) / MOST;
    return { at, text: write(at) };
  }).filter(({ text }, index, all) => text !== all[index - 1]?.text);
}
