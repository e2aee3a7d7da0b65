/**
 * P(max |F − G|·n·m ≥ largest) for two samples of one continuous distribution, n and m rows: the share of lattice paths from (0, 0)
 * to (n, m) that touch |i·m − j·n| ≥ largest. Built up as the probability that a random path to (i, j) has been
 * outside, so nothing cancels, and small p are as exact as large ones. Takes n·m steps at most, and m numbers.
 * Source: Hodges 1957, Arkiv för Matematik 3; the recursion as in SciPy's `ks_2samp`.
 */
export function outsidePathProbability({ largest, n, m }: { largest: number; n: number; m: number }): number {
  if (largest <= 0) return 1;
  const outside = new Float64Array(m + 1).fill(1);
  for (let j = 0; j <= m && j * n < largest; j++) outside[j] = 0;
  let from = 0;
  for (let i = 1; i <= n; i++) {
    for (; from <= m && i * m - from * n >= largest; from++) outside[from] = 1;
    let below = from === 0 ? 0 : 1;
    for (let j = from; j <= m && j * n - i * m < largest; j++) {
      below = ((outside[j] as number) * i + below * j) / (i + j);
      outside[j] = below;
    }
  }
  return outside[m] as number;
}
