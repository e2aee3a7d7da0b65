const EPSILON = 1e-16;
const TINY = 1e-300;

/**
 * Regularised incomplete beta function I_x(a, b), the beta distribution function: x in [0, 1], a and b in (0, 1e8].
 * Relative error below 1e-11, in the lower tail too (jstat's stops after 100 terms: 2.6e-5 off at a = b = 500,000).
 * Continued fraction of DiDonato & Morris (1992); prefactor without cancellation after Loader (2000).
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  return x <= a / (a + b) ? lowerTail(x, a, b) : 1 - lowerTail(1 - x, b, a);
}

/** Density of the beta distribution at x in (0, 1); a, b > 0. */
export function betaDensity(x: number, a: number, b: number): number {
  return prefactor(x, a, b) / (x * (1 - x));
}

function lowerTail(x: number, a: number, b: number): number {
  return (prefactor(x, a, b) / a) * continuedFraction(x, a, b);
}

/** Lentz's evaluation of Abramowitz & Stegun 26.5.8; takes O(√max(a, b)) terms for x ≤ a/(a + b). */
function continuedFraction(x: number, a: number, b: number): number {
  const limit = 200 + 20 * Math.sqrt(Math.max(a, b));
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m < limit; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < EPSILON * 4) break;
  }
  return result;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}

/** xᵃ(1 − x)ᵇ / B(a, b), as a binomial probability with real counts. */
function prefactor(x: number, a: number, b: number): number {
  const n = a + b;
  const exponent =
    stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * (1 - x));
  return Math.sqrt((a / (2 * Math.PI)) * (b / n)) * Math.exp(exponent);
}

/** ln Γ(n + 1) − Stirling's approximation of it, for n > 0. */
export function stirlingError(n: number): number {
  let shift = 0;
  for (; n < 16; n++) shift += (n + 0.5) * Math.log1p(1 / n) - 1;
  const square = n * n;
  const series = 1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square;
  return shift + series / n;
}

/** k ln(k/m) + m − k for k, m > 0, without cancellation near k = m. */
export function deviance(k: number, m: number): number {
  const ratio = (k - m) / (k + m);
  if (Math.abs(ratio) >= 0.1) return k * Math.log(k / m) + m - k;
  let sum = (k - m) * ratio;
  let term = 2 * k * ratio;
  for (let odd = 3; odd < 60; odd += 2) {
    term *= ratio * ratio;
    sum += term / odd;
  }
  return sum;
}
