import jstat from 'jstat';
import { deviance, stirlingError } from '../incomplete-beta.ts';

const EPSILON = 1e-16;
const TINY = 1e-300;

/**
 * P(X ≥ x) for X χ² with `df` > 0 degrees of freedom, x ≥ 0: the p-value of a statistic. Relative error below 1e-11, far in the tail too,
 * where one minus jstat's distribution function is 0. Series and continued fraction of Gautschi (1979).
 */
export function chiSquareTail(x: number, df: number): number {
  const [a, t] = [df / 2, x / 2];
  if (t <= 0) return 1;
  return t < a + 1 ? 1 - prefactor(a, t) * series(a, t) : prefactor(a, t) * a * fraction(a, t);
}

/** The χ² quantile at p in (0, 1) with `df` ≥ 1 degrees of freedom; Newton steps on `chiSquareTail` from jstat's. */
export function chiSquareQuantile(p: number, df: number): number {
  let x = jstat.chisquare.inv(p, df);
  for (let step = 0; step < 3; step++) {
    const density = (prefactor(df / 2, x / 2) * df) / 2 / x;
    x += (chiSquareTail(x, df) - (1 - p)) / density;
  }
  return x;
}

/** tᵃe⁻ᵗ/Γ(a + 1), as a Poisson probability with a real count. */
function prefactor(a: number, t: number): number {
  return Math.exp(-stirlingError(a) - deviance(a, t)) / Math.sqrt(2 * Math.PI * a);
}

/** Σ tᵏ/((a + 1)…(a + k)), for t < a + 1. */
function series(a: number, t: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > EPSILON * sum; k++) {
    term *= t / (a + k);
    sum += term;
  }
  return sum;
}

/** Γ(a, t)eᵗt⁻ᵃ by Lentz's method, for t ≥ a + 1. */
function fraction(a: number, t: number): number {
  const limit = 200 + 20 * Math.sqrt(a);
  let b = t + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let result = d;
  for (let k = 1; k < limit; k++) {
    const factor = -k * (k - a);
    b += 2;
    d = 1 / away(factor * d + b);
    c = away(b + factor / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < EPSILON * 4) break;
  }
  return result;
}

function away(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
