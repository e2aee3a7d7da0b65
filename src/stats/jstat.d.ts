/** The part of jstat that we use; it ships no types. */
declare module 'jstat' {
  interface Distribution<P extends unknown[]> {
    pdf(x: number, ...parameters: P): number;
    cdf(x: number, ...parameters: P): number;
    inv(p: number, ...parameters: P): number;
  }
  const jstat: {
    normal: Distribution<[mean: number, std: number]>;
    studentt: Distribution<[df: number]>;
    beta: Distribution<[a: number, b: number]>;
    chisquare: Distribution<[df: number]>;
    binomial: { cdf(k: number, n: number, p: number): number; pdf(k: number, n: number, p: number): number };
  };
  export default jstat;
}
