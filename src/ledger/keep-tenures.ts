import type { Tenure } from './state.ts';

const MOST = 50;
const KNOWN_GOOD = 5;

/**
 * The tenures that the state keeps: the last 50, and however many came after them the newest five releases that proved healthy and were
 * not rolled back from (`left`), so that a long row of failures never hides the way back.
 */
export function keepTenures(tenures: Tenure[], left: ReadonlySet<string> = new Set()): Tenure[] {
  if (tenures.length <= MOST) return tenures;
  const healthy = new Map<string, Tenure>();
  for (const tenure of tenures) {
    if (tenure.healthyAt === undefined || left.has(tenure.release.digest)) continue;
    healthy.delete(tenure.release.digest);
    healthy.set(tenure.release.digest, tenure);
  }
  const precious = new Set([...healthy.values()].slice(-KNOWN_GOOD));
  const surplus = tenures.length - MOST;
  return tenures.filter((tenure, i) => i >= surplus || precious.has(tenure));
}
