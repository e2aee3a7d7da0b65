const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** One character a value, its height by the value from 0 to the largest; `·` where there is none. */
export function sparkline(
  values: readonly (number | undefined)[],
  largest = Math.max(0, ...known(values)),
): string {
  return values
    .map((value) => {
      if (value === undefined) return '·';
      const level = largest > 0 ? Math.round((value / largest) * (LEVELS.length - 1)) : 0;
      return LEVELS[Math.min(Math.max(level, 0), LEVELS.length - 1)] ?? '·';
    })
    .join('');
}

/** A bar of at most `width` characters for a share of the largest value, at least a sliver for what is not 0. */
export function textBar(value: number, largest: number, width: number): string {
  if (!(value > 0) || !(largest > 0)) return '';
  const length = (Math.min(value / largest, 1) * width * 8) | 0;
  const rest = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][length % 8] ?? '';
  const bar = '█'.repeat(length >> 3) + rest;
  return bar === '' ? '▏' : bar;
}

function known(values: readonly (number | undefined)[]): number[] {
  return values.filter((value) => value !== undefined);
}
