/** Percent that six decimals still tell from none. */
const LEAST = 1e-6;

/** A share as people say it, in percent with two digits that matter: `0.42 %`, `12 %`, `0 %`; never rounded to 0 or to 100. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  const near = Math.min(percent, 100 - percent);
  if (near < LEAST) return percent < 50 ? '< 0.000001 %' : '> 99.999999 %';
  const decimals = near >= 10 ? 1 : Math.min(6, Math.max(1, 1 - Math.floor(Math.log10(near))));
  return `${Number(percent.toFixed(decimals))} %`;
}
