import type { MetricKey } from '../../core/metric.ts';
import type { CalibrationBin, Pair } from '../figures.ts';

/** Shares of the scores of both models in equal bins from `from` to `to`. */
export interface ScoreDensity {
  from: number;
  to: number;
  /** One share in [0, 1] a bin; the two lists are of one length. */
  champion: readonly number[];
  challenger: readonly number[];
}

/** A stretch of the window, in milliseconds since 1970; rows are requests that reached both. */
export interface TimePoint {
  from: number;
  rows: number;
  /** Share of requests on which both decide otherwise; `undefined` where nothing says what that is, or no row. */
  disagreement: number | undefined;
  /** Share with a label. */
  labelled: number;
  champion: { p10: number; p50: number; p90: number } | undefined;
  challenger: { p10: number; p50: number; p90: number } | undefined;
}

/** One feature or prediction: how far the window is from the reference, or its last third from its first. */
export interface DriftRow {
  name: string;
  of: 'feature' | 'prediction';
  against: 'reference' | 'first third';
  /** Absent, as all that follow, where nothing could be measured; the row is then `undecided`. */
  psi?: number | undefined;
  /** PSI that no drift at all would stay below 99 % of the time. */
  noise?: number | undefined;
  /** Kolmogorov–Smirnov D, or Cramér's V for categories. */
  effect?: { name: 'D' | 'V'; value: number } | undefined;
  /** Wasserstein distance in standard widths, and in the feature's own unit; absent for categories. */
  wasserstein?: { normalised: number; raw: number } | undefined;
  /** Jensen–Shannon distance in [0, 1], and Kullback–Leibler divergence in nats. */
  jensenShannon?: number | undefined;
  kullbackLeibler?: number | undefined;
  /** After Benjamini–Hochberg over all rows of the same comparison. */
  adjustedP?: number | undefined;
  /** Shares in [0, 1]. */
  missing?: { reference: number | undefined; current: number | undefined } | undefined;
  judgement: 'stable' | 'investigate' | 'alert' | 'undecided';
}

/** Quantiles of the latency, in milliseconds. */
export interface LatencyRow {
  share: number;
  champion: number;
  challenger: number;
  championInterval?: readonly [number, number];
  challengerInterval?: readonly [number, number];
}

/** A request on which both models differ most. */
export interface Disagreement {
  id: string;
  champion: number;
  challenger: number;
}

/** Disagreement in one slice. */
export interface SliceDisagreement {
  slice: string;
  n: number;
  flips: number;
}

/** Requests that a model ended in an error on, by kind; the kind is foreign. */
export interface ErrorKind {
  kind: string;
  champion: number;
  challenger: number;
}

/** Requests with a missing or NaN feature, and what each model made of them. */
export interface PeculiarRow {
  kind: 'missing' | 'NaN';
  rows: number;
  champion: { answered: number; failed: number };
  challenger: { answered: number; failed: number };
}

/** A difference to the champion as the held-out evaluation promised it; what the shadow found is in its checks. */
export interface PromisedDifference {
  metric: MetricKey;
  difference: number;
  interval?: readonly [number, number];
}

/** What the tables and charts of a shadow report are drawn from; a figure that could not be made is absent. */
export interface ShadowFigures {
  density?: ScoreDensity;
  /** Bins in the order of the prediction, on matured labels. */
  calibration?: Pair<CalibrationBin[]>;
  overTime?: readonly TimePoint[];
  drift?: readonly DriftRow[];
  latency?: readonly LatencyRow[];
  disagreements?: readonly Disagreement[];
  sliceDisagreements?: readonly SliceDisagreement[];
  /** challenger − champion by share: `{ share: 0.5, value: 0.01 }`. */
  differences?: readonly { share: number; value: number }[];
  /** Flips by direction: from negative to positive and back. */
  flips?: { n: number; up: number; down: number };
  /** Requests that reached both, by who failed on them. */
  failures?: { both: number; championOnly: number; challengerOnly: number; neither: number };
  /** Most requests first. */
  errors?: readonly ErrorKind[];
  peculiar?: readonly PeculiarRow[];
  promised?: readonly PromisedDifference[];
}
