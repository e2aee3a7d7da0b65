/**
 * How shares are kept away from zero, where a logarithm is infinite.
 * - `half`: (count + ½)/(N + B/2) over the B bins of the table; shares sum to 1.
 * - `floor`: a share below 1e-4 becomes 1e-4, as most tools do; shares may sum to a little more than 1.
 */
export type Smoothing = 'half' | 'floor';

const FLOOR = 1e-4;

/** Shares, all above 0, of the bins of one side of a table; `counts` has a positive sum. */
export function smoothedShares(counts: Float64Array, smoothing: Smoothing): Float64Array {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  switch (smoothing) {
    case 'half':
      return counts.map((count) => (count + 0.5) / (rows + counts.length / 2));
    case 'floor':
      return counts.map((count) => Math.max(count / rows, FLOOR));
  }
}
