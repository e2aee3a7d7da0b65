/** From here on the alternating series takes few terms; below it the other one does. */
const CROSSING = 1;

/**
 * P(K ≥ x) for Kolmogorov's limit distribution; 1 for x ≤ 0. Two series of one theta function, each used where it converges fast
 * (Kolmogorov 1933; Marsaglia, Tsang & Wang 2003).
 */
export function kolmogorovTail(x: number): number {
  if (x <= 0) return 1;
  return x < CROSSING ? 1 - lowerSeries(x) : upperSeries(x);
}

function upperSeries(x: number): number {
  let sum = 0;
  for (let k = 7; k >= 1; k--) sum = Math.exp(-2 * k * k * x * x) - sum;
  return 2 * sum;
}

function lowerSeries(x: number): number {
  let sum = 0;
  for (let odd = 13; odd >= 1; odd -= 2) sum += Math.exp(-((odd * Math.PI) ** 2) / (8 * x * x));
  return (Math.sqrt(2 * Math.PI) / x) * sum;
}
