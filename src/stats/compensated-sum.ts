/**
 * Sum of `term(0) … term(n − 1)` with Neumaier's compensation (1974), so that 20 million terms do not drift:
 * the error is about one rounding of the result. 0 for n = 0; NaN or ±∞ if a term is.
 */
export function sumOf(n: number, term: (index: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let index = 0; index < n; index++) {
    const value = term(index);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return Number.isFinite(lost) ? sum + lost : sum;
}

/** Mean of `term(0) … term(n − 1)`, summed with compensation; NaN for n = 0. */
export function meanOf(n: number, term: (index: number) => number): number {
  return n === 0 ? NaN : sumOf(n, term) / n;
}
