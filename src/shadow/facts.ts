import type { Digest } from '../core/digest.ts';
import type { Fact } from '../core/fact.ts';
import type { MetricKey } from '../core/metric.ts';
import type { LogFile, LogPlace, Malformed } from '../core/sql-engine.ts';
import type { Sample, Task } from '../core/task.ts';
import type { DriftResult } from '../stats/drift/drift-result.ts';

/** The tasks that a shadow compares. */
export type ShadowTask = Exclude<Task, 'multiclass-classification'>;

/** The two models of a shadow, in the order of every pair. */
export const SIDES = ['champion', 'challenger'] as const;

export type Side = (typeof SIDES)[number];

/** The same of both models. */
export type PerSide<T> = Readonly<Record<Side, T>>;

/** A release as the shadow names it. */
export interface ShadowRelease {
  /** As a person names it: its version, else a short digest, else `champion`. */
  name: string;
  version?: string;
  /** Of the image. */
  digest?: Digest;
  artifact?: Digest;
  /** Commit that it was built from, 40 hex digits. */
  sha?: string;
}

/** What the log is, and which of its rows were left out. */
export interface LogFacts {
  files: readonly LogFile[];
  labelFiles: readonly LogFile[];
  /** Rows of the log as read, broken lines aside. */
  rows: number;
  /** Broken lines that were left out. */
  rejected: { count: number; first?: LogPlace & { why: string } };
  /** `column` as the log calls it; `rows`: of the files that the column is in. */
  malformed: readonly (Malformed & { rows: number })[];
  /** Rows without an id, without a time, from the future, or outside of the window. */
  withoutId: number;
  withoutTime: number;
  fromFuture: number;
  outsideWindow: number;
  /** Rows with an answer that does not say of which release it is, though others do. */
  withoutVersion: number;
  /** Rows that repeat an id (the first one counts), and those of them that differ from the first. */
  duplicates: { rows: number; differing: number };
  /** Rows that other releases answered, with their names as logged: most rows first, at most 5. */
  otherVersions: { rows: number; names: readonly { champion: string; challenger: string; rows: number }[] };
  /** Rows where champion and challenger stand in each other's place. */
  swapped: number;
}

/** Requests by who answered at all, be it with an error. */
export interface Coverage {
  both: number;
  championOnly: number;
  challengerOnly: number;
  neither: number;
}

/** What became of the requests that reached a model. */
export interface SideOutcomes {
  /** Answered with a finite number. */
  scored: number;
  /** Ended in an error, by kind: most first, at most 20; the rest is in `otherErrors`. */
  errors: readonly { kind: string; rows: number }[];
  otherErrors: number;
  /** Answered with NaN, an infinity, or a probability outside of [0, 1], without an error. */
  notANumber: number;
  /** Has a latency or a version, but neither score nor error. */
  silent: number;
}

/** Requests that reached both, by who failed (error, NaN or silence). */
export interface FailurePairs {
  both: number;
  championOnly: number;
  challengerOnly: number;
  neither: number;
}

/** Requests of a slice that reached a model, and those that one model alone did not answer: it failed, or the log has nothing of it. */
export interface SliceFailures {
  slice: string;
  n: number;
  championOnly: number;
  challengerOnly: number;
}

/** Labels: where they came from, and which decide. */
export interface LabelFacts {
  /** Neither the log nor any file has a label column. */
  absent: boolean;
  /** In the log, and in the label files. */
  inLog: number;
  inFiles: number;
  /** Label rows that say the same again, that say something else later, and whose id is not in the log. */
  repeats: number;
  corrections: number;
  unknownIds: number;
  /** Labels that are older than their request: counted, and not used. */
  beforeRequest: number;
  /** 95th percentile of the delay in milliseconds; `undefined` where the log has no label times. */
  delayP95Ms: number | undefined;
  /** Requests up to here decide, in milliseconds since 1970; `undefined`: all do. */
  maturedUntil: number | undefined;
  /** Requests that reached both and decide: with and without a label. */
  matured: number;
  missing: number;
  /** Younger requests: with a label (shown, not decisive), and without. */
  immature: number;
  waiting: number;
  /** Labelled and matured requests that one of the models failed on: they cannot be compared. */
  unscored: number;
  /** Matured requests that both answered, by what the champion decided, and those of them without a label; `undefined` where a task has no decisions. */
  byDecision: { positive: DecidedRows; negative: DecidedRows } | undefined;
}

/** Requests that the champion decided the same about. */
export interface DecidedRows {
  rows: number;
  missing: number;
}

/** A column to slice by: one code a row (−1: empty) into `values`. */
export interface SliceCodes {
  name: string;
  /** The values are bands of numbers and follow the name without an equals sign. */
  bands: boolean;
  codes: Int32Array;
  values: readonly string[];
  /** Rows of values that were pooled into the last one because there are too many. */
  pooled: number;
}

/** Requests that both models answered with a number. */
export interface ScoredRows {
  n: number;
  champion: Float64Array;
  challenger: Float64Array;
  slices: readonly SliceCodes[];
}

/** Both models on the same labelled, matured requests. */
export interface MaturedRows {
  n: number;
  champion: Sample;
  challenger: Sample;
  slices: readonly SliceCodes[];
}

/** How often both decided otherwise (or, for numbers, differ by more than the tolerance). */
export interface AgreementFacts {
  n: number;
  /** `undefined` where neither a threshold nor a tolerance says what disagreement is. */
  flips: { up: number; down: number } | undefined;
  /** challenger − champion: mean, and the exact 1st, 5th, 50th, 95th and 99th percentile. */
  difference: { mean: number; quantiles: readonly { share: number; value: number }[] };
  /** Largest absolute differences first. */
  largest: readonly { id: string; champion: number; challenger: number }[];
  /** The largest slices of each column, most rows first. */
  slices: readonly { slice: string; n: number; flips: number }[];
}

/** Exact order statistics of one model's latency in milliseconds. */
export interface LatencyQuantile {
  share: number;
  value: number;
  /** Valid at every look; `undefined` with too few requests. */
  interval: { low: number; high: number } | undefined;
}

export interface LatencyFacts {
  /** Requests with a latency of both. */
  n: number;
  /** Requests that reached both, with a latency of the champion and none of the challenger, such as time-outs: they may have taken for ever. */
  untimed: number;
  champion: readonly LatencyQuantile[];
  challenger: readonly LatencyQuantile[];
  /** 95th percentile of the challenger over the champion's; the interval is valid at every look. */
  ratio: { value: number; interval: { low: number; high: number } | undefined };
}

/** Requests with a missing or NaN feature, and what each model made of them. */
export interface PeculiarRows {
  kind: 'missing' | 'NaN';
  rows: number;
  champion: { answered: number; failed: number };
  challenger: { answered: number; failed: number };
}

/** What the held-out evaluation had promised of a metric. */
export interface Promised {
  metric: MetricKey;
  champion: number;
  challenger: number;
  difference: number;
  interval?: readonly [number, number];
}

/** How far one column moved. */
export interface DriftFinding {
  name: string;
  /** Of what: a feature, or the scores of a model. */
  of: 'feature' | 'prediction';
  against: 'reference' | 'first third';
  result: DriftResult;
  /** Over all columns of the same comparison (Benjamini–Hochberg); `undefined` where nothing could be tested. */
  adjustedP: number | undefined;
}

/** What was measured. */
export interface MeasuredDrift {
  findings: readonly DriftFinding[];
  /** Why there is no reference, in a sentence. */
  noReference: string | undefined;
}

/** Drift, and why some of it could not be looked at. */
export interface DriftFacts extends MeasuredDrift {
  /** Features that could not be held against the reference, each with a clause that says why. */
  unmeasured: readonly { name: string; why: string }[];
  /** Columns of the reference that the log does not have. */
  absent: readonly string[];
}

/** A stretch of the window. */
export interface TimeBucket {
  /** Milliseconds since 1970. */
  from: number;
  rows: number;
  /** Both scored. */
  scored: number;
  flips: number;
  labelled: number;
  champion: { p10: number; p50: number; p90: number };
  challenger: { p10: number; p50: number; p90: number };
}

/** Everything a shadow is judged on. Loaded by the use case; the checks only read it. */
export interface ShadowFacts {
  model: string;
  task: ShadowTask;
  /** Of decisions, in [0, 1]; absent where the task has none. */
  threshold: number | undefined;
  releases: PerSide<ShadowRelease>;
  binding: 'versions' | 'trusted' | 'unbound';
  log: LogFacts;
  /** Milliseconds since 1970; `undefined` where no row counts. */
  window: { from: number; to: number } | undefined;
  coverage: Coverage;
  outcomes: PerSide<SideOutcomes>;
  failures: FailurePairs;
  sliceFailures: readonly SliceFailures[];
  labels: LabelFacts;
  agreement: AgreementFacts;
  scored: ScoredRows;
  /** Unknown where labels are absent or cannot be read as what the task needs. */
  matured: Fact<MaturedRows>;
  latency: LatencyFacts | undefined;
  peculiar: readonly PeculiarRows[];
  drift: DriftFacts;
  /** Absent where nobody named an evaluation. */
  promised: Fact<readonly Promised[]> | undefined;
  overTime: readonly TimeBucket[];
}
