import { KnownGoodError } from '../../core/errors.ts';
import { rowsOf, type BinCounts } from './bin-counts.ts';
import { binCount, type BinPlan } from './bin-plan.ts';
import { binTable, type BinTable } from './bin-table.ts';
import { compareSorted } from './compare-sorted.ts';
import type { DriftResult, SharePair } from './drift-result.ts';
import { DRIFT_DEFAULTS, type DriftSettings } from './drift-settings.ts';
import { featureP } from './feature-p.ts';
import { homogeneity } from './homogeneity.ts';
import { jensenShannon } from './jensen-shannon.ts';
import { judgeDrift, type DriftEvidence, type Judged } from './judge-drift.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { kullbackLeibler } from './kullback-leibler.ts';
import { noiseFloor } from './noise-floor.ts';
import { psi } from './psi.ts';
import { rowsOfSorted, type SortedValues } from './sorted-values.ts';
import { wasserstein } from './wasserstein.ts';

/** One side of a feature, counted elsewhere. */
export interface DriftSide {
  counts: BinCounts;
  /** The finite numbers, for Kolmogorov–Smirnov and Wasserstein; without them a discrete plan's own counts serve, if none is unseen. */
  sorted?: SortedValues | undefined;
}

/** Both sides of a feature, in the bins of one plan. */
export interface DriftFacts {
  plan: BinPlan;
  reference: DriftSide;
  current: DriftSide;
}

/**
 * Measures and judges the drift of one feature from counts.
 *
 * Decided cases: a side without rows is undecided, and nothing is measured. A reference without one usable value is never stable. A
 * constant feature is stable only with rows enough for a table of two bins. One row a side is undecided. Values that
 * went missing, became infinite or are new count like any other bin, and alert when they are enough.
 * Counts that do not fit the plan, and values that are out of order or not as many as were counted, are `internal` errors.
 */
export function measureDriftFromCounts(
  facts: DriftFacts,
  settings: Partial<DriftSettings> = {},
): DriftResult {
  assertFits(facts.plan, 'reference', facts.reference);
  assertFits(facts.plan, 'current', facts.current);
  const limits = { ...DRIFT_DEFAULTS, ...settings };
  const [reference, current] = [facts.reference.counts, facts.current.counts];
  const table = binTable(reference, current);
  const binned = table.n > 0 && table.m > 0 ? measureBins(table, limits) : undefined;
  const apart = distances(facts);
  const cut = facts.plan.kind === 'numeric';
  const chiSquare = cut ? undefined : homogeneity(table);
  return {
    kind: facts.plan.kind,
    n: table.n,
    m: table.m,
    missing: shares(facts, (counts) => counts.missing),
    nonFinite: shares(facts, (counts) => counts.nonFinite),
    unseen: shares(facts, (counts) => counts.unseen),
    bins: table.reference.length,
    ...(binned ?? { psi: undefined, noiseFloor: undefined, kl: undefined, js: undefined }),
    ...apart,
    chiSquare,
    p: featureP({ kind: facts.plan.kind, reference, current, ks: apart.ks, chiSquare }),
    ...(binned
      ? judge(facts, { ...binned, homogeneity: cut ? 'unneeded' : chiSquare?.p }, limits)
      : unmeasured(table)),
  };
}

interface Binned {
  psi: number;
  noiseFloor: number;
  kl: number;
  js: number;
}

function measureBins(table: BinTable, { smoothing }: DriftSettings): Binned {
  return {
    psi: psi(table, smoothing),
    noiseFloor: noiseFloor(table),
    kl: kullbackLeibler(table, smoothing),
    js: jensenShannon(table),
  };
}

function judge(facts: DriftFacts, evidence: DriftEvidence, limits: DriftSettings): Judged {
  const judged = judgeDrift(evidence, limits);
  const { missing, nonFinite } = facts.reference.counts;
  if (judged.judgement !== 'stable' || missing + nonFinite < rowsOf(facts.reference.counts)) return judged;
  return { judgement: 'undecided', reason: 'no-reference-values' };
}

function unmeasured({ n }: BinTable): Judged {
  return { judgement: 'undecided', reason: n === 0 ? 'no-reference-rows' : 'no-current-rows' };
}

function distances(facts: DriftFacts): Pick<DriftResult, 'ks' | 'wasserstein'> {
  const [reference, current] = [sortedOf(facts, 'reference'), sortedOf(facts, 'current')];
  const compared = reference && current && compareSorted(reference, current);
  if (compared === undefined || reference === undefined) return { ks: undefined, wasserstein: undefined };
  return { ks: kolmogorovSmirnov(compared), wasserstein: wasserstein(compared.area, reference) };
}

function sortedOf({ plan, ...sides }: DriftFacts, side: 'reference' | 'current'): SortedValues | undefined {
  const { counts, sorted } = sides[side];
  if (sorted !== undefined || plan.kind !== 'discrete' || counts.unseen > 0) return sorted;
  return { values: plan.values, counts: counts.bins };
}

function assertFits(plan: BinPlan, side: 'reference' | 'current', { counts, sorted }: DriftSide): void {
  const finite = rowsOf(counts) - counts.missing - counts.nonFinite;
  const ordered = sorted === undefined ? finite : rowsOfSorted(sorted);
  if (counts.bins.length === binCount(plan) && ordered === finite) return;
  const seen = `${counts.bins.length} bins with ${finite} finite values, ${ordered} in order`;
  throw new KnownGoodError(
    'internal',
    `The ${side} does not fit a plan of ${binCount(plan)} bins: saw ${seen}.`,
  );
}

function shares({ reference, current }: DriftFacts, part: (counts: BinCounts) => number): SharePair {
  const share = (counts: BinCounts): number | undefined => {
    const rows = rowsOf(counts);
    return rows === 0 ? undefined : part(counts) / rows;
  };
  return { reference: share(reference.counts), current: share(current.counts) };
}
