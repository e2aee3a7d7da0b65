import type { BinPlan } from './bin-plan.ts';
import type { Homogeneity } from './homogeneity.ts';
import type { Judged } from './judge-drift.ts';
import type { KolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import type { Wasserstein } from './wasserstein.ts';

/** A share in [0, 1] of the rows of each side; undefined where the side has none. */
export interface SharePair {
  reference: number | undefined;
  current: number | undefined;
}

/** How far one feature moved from its reference. What could not be measured is undefined, never 0. */
export interface DriftResult extends Judged {
  kind: BinPlan['kind'];
  /** Rows of the reference, missing ones too. */
  n: number;
  /** Rows of the current window, missing ones too. */
  m: number;
  missing: SharePair;
  /** NaN, ∞ and −∞. */
  nonFinite: SharePair;
  /** Values that a discrete or categorical reference does not have. */
  unseen: SharePair;
  /** B: bins with rows on either side, with those of missing, non-finite and unseen values. */
  bins: number;
  /** Nats, ≥ 0. */
  psi: number | undefined;
  /** What the PSI of two samples of one distribution stays below 99 times in 100, see `noiseFloor`. */
  noiseFloor: number | undefined;
  /** Kullback–Leibler divergence of the current side from the reference, nats. */
  kl: number | undefined;
  /** Jensen–Shannon distance, base 2, in [0, 1]. */
  js: number | undefined;
  /** Of the finite numbers alone; undefined for texts. */
  ks: KolmogorovSmirnov | undefined;
  /** Of the finite numbers alone; undefined for texts. */
  wasserstein: Wasserstein | undefined;
  /** Of the same bins as the PSI; undefined for numbers that are cut at quantiles. */
  chiSquare: Homogeneity | undefined;
  /** The p-value to adjust over many features, see `featureP`; undefined where nothing could be tested. */
  p: number | undefined;
}
