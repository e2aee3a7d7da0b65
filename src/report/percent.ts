/** A share in [0, 1] as a percentage with one decimal; what is not nothing or all never looks like it: `< 0.1 %`, `> 99.9 %`. */
export function formatPercent(share: number): string {
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  if (share < 1 && share >= 0.9995) return '> 99.9 %';
  return `${(share * 100).toFixed(share === 0 || share === 1 ? 0 : 1)} %`;
}

const DECIMALS = 2;
const MOST_DECIMALS = 8;

/** A share as a percentage with two decimals, nothing as `0 %`; with as many more, at most 8, as tell it from nothing and from a limit that it differs from. */
export function formatExactPercent(share: number, limit?: number): string {
  if (share === 0) return '0 %';
  const others = [0, limit ?? 0].filter((other) => other !== share).map((other) => other * 100);
  for (let decimals = DECIMALS; decimals < MOST_DECIMALS; decimals += 1) {
    const shown = (share * 100).toFixed(decimals);
    if (others.every((other) => other.toFixed(decimals) !== shown)) return `${shown} %`;
  }
  return `${(share * 100).toFixed(MOST_DECIMALS)} %`;
}

/** A share as somebody set it, without idle zeros: `30 %`, `0.5 %`. */
export function formatPercentLimit(share: number): string {
  return `${Number((share * 100).toPrecision(6))} %`;
}
