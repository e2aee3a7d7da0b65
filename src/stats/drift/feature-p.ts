import { binTable } from './bin-table.ts';
import { rowsOf, type BinCounts } from './bin-counts.ts';
import type { BinPlan } from './bin-plan.ts';
import { homogeneity, type Homogeneity } from './homogeneity.ts';
import type { KolmogorovSmirnov } from './kolmogorov-smirnov.ts';

interface Tested {
  kind: BinPlan['kind'];
  reference: BinCounts;
  current: BinCounts;
  ks: KolmogorovSmirnov | undefined;
  chiSquare: Homogeneity | undefined;
}

/**
 * The one p-value of a feature, that its two sides are samples of one distribution.
 * - texts: the homogeneity test, which counts missing and unseen values as categories.
 * - discrete numbers: the same, or Kolmogorov–Smirnov where the rows are too few for it.
 * - other numbers: Kolmogorov–Smirnov sees finite values alone, so the share of values that are not is tested beside it, if there
 *   are any, and the smaller p doubled (Bonferroni).
 */
export function featureP({ kind, reference, current, ks, chiSquare }: Tested): number | undefined {
  switch (kind) {
    case 'categorical':
      return chiSquare?.p;
    case 'discrete':
      return chiSquare?.p ?? ks?.p;
    case 'numeric': {
      const usable = homogeneity(binTable(usability(reference), usability(current)));
      if (ks === undefined || usable === undefined) return ks?.p ?? usable?.p;
      return Math.min(1, 2 * Math.min(ks.p, usable.p));
    }
  }
}

/** Rows with a finite value in one bin, the others where they are. */
function usability(counts: BinCounts): BinCounts {
  return { ...counts, bins: [rowsOf(counts) - counts.missing - counts.nonFinite], unseen: 0 };
}
