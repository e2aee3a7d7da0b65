import type { BinPlan } from './bin-plan.ts';
import { nextBelow } from './next-below.ts';

/**
 * What each bin of a plan holds, in its order, as plain text that is not escaped: `≤ 3`, `3 … 8` (above 3, up to 8), `= 8`, `> 8`;
 * `all` where a numeric plan has no edges. Texts are foreign: escape them.
 */
export function binLabels(plan: BinPlan): string[] {
  switch (plan.kind) {
    case 'numeric':
      return Array.from({ length: plan.edges.length + 1 }, (_, bin) => label(plan.edges, bin));
    case 'discrete':
      return Array.from(plan.values, String);
    case 'categorical':
      return [...plan.categories];
  }
}

function label(edges: Float64Array, bin: number): string {
  const [low, high] = [edges[bin - 1], edges[bin]];
  if (low === undefined)
    return high === undefined ? 'all' : isLump(edges, bin) ? `< ${edges[1]}` : `≤ ${high}`;
  if (high === undefined) return `> ${low}`;
  if (low === nextBelow(high)) return `= ${high}`;
  return `${low} … ${isLump(edges, bin) ? `below ${edges[bin + 1]}` : high}`;
}

/** Whether the bin above this one is a single value. */
function isLump(edges: Float64Array, bin: number): boolean {
  const above = edges[bin + 1];
  return above !== undefined && edges[bin] === nextBelow(above);
}
