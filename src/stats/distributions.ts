import jstat from 'jstat';
import { betaDensity, incompleteBeta } from './incomplete-beta.ts';

/** Standard normal quantile; p in (0, 1), good to 1e-9 from p = 1e-9 on. z(0.95) = 1.6448536. Source: jstat (simple-statistics' table is off by up to 2e-3). */
export function normalQuantile(p: number): number {
  return jstat.normal.inv(p, 0, 1);
}

/** Standard normal distribution function, accurate in both tails (jstat's lower tail is lost below −6: Laplace's fraction there). */
export function normalCdf(z: number): number {
  if (z >= -5) return jstat.normal.cdf(z, 0, 1);
  let tail = -z;
  for (let k = 60; k >= 1; k--) tail = -z + k / tail;
  return Math.exp(-0.5 * z * z) / (Math.sqrt(2 * Math.PI) * tail);
}

/** Student t distribution function with `df` > 0 degrees of freedom, accurate in both tails. */
export function studentCdf(t: number, df: number): number {
  const tail = 0.5 * incompleteBeta(df / (df + t * t), df / 2, 0.5);
  return t < 0 ? tail : 1 - tail;
}

/** Student t quantile with `df` ≥ 1 degrees of freedom; p in (0, 1). Two Newton steps from jstat's, which is 6e-8 off. */
export function studentQuantile(p: number, df: number): number {
  if (p === 0.5) return 0;
  if (p > 0.5) return -studentQuantile(1 - p, df);
  let t = jstat.studentt.inv(p, df);
  for (let step = 0; step < 2; step++) t -= (studentCdf(t, df) - p) / studentDensity(t, df);
  return t;
}

function studentDensity(t: number, df: number): number {
  const x = df / (df + t * t);
  return (betaDensity(x, df / 2, 0.5) * x * x * Math.abs(t)) / df;
}

/** Quantile of the beta distribution, for exact (Clopper–Pearson) and order-statistic bounds; p in (0, 1), a and b in (0, 1e8]. */
export function betaQuantile(p: number, a: number, b: number): number {
  if (b === 1) return p ** (1 / a);
  if (a === 1) return -Math.expm1(Math.log1p(-p) / b);
  let [low, high] = [0, 1];
  let x = a / (a + b);
  for (let step = 0; step < 200 && high - low > 1e-15 * x; step++) {
    const excess = incompleteBeta(x, a, b) - p;
    if (excess > 0) high = x;
    else low = x;
    const newton = x - excess / betaDensity(x, a, b);
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-15 * x) return next;
    x = next;
  }
  return x;
}

/** P(X ≤ k) for X binomial with n trials of probability p; 0 for k < 0, 1 for k ≥ n. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return incompleteBeta(1 - p, n - k, k + 1);
}
