import type { Digest } from '../core/digest.ts';
import type { Fact } from '../core/fact.ts';
import type { ElementType, ModelStructure, Signature } from '../core/model.ts';
import type { Sample, Task } from '../core/task.ts';
import type { DriftResult } from '../stats/drift/drift-result.ts';
import type { ParsedManifest } from '../config/parse-manifest.ts';
import type { MetricsDocument } from '../config/metrics-document.ts';
import type { Answers } from './mapping/answers.ts';
import type { InputPlan } from './mapping/input-plan.ts';
import type { OutputPlan } from './mapping/output-plan.ts';
import type { LabelScheme } from './mapping/to-sample.ts';

/** One of the two models: its bytes, and what happened when we read, loaded and timed it. */
export interface SideFacts {
  path: string;
  digest: Digest;
  /** Digest of the `.onnx` file alone. */
  modelDigest: Digest;
  files: number;
  version: string | undefined;
  structure: ModelStructure;
  /** Unknown when the bounded read refused the file, or the runtime did. */
  opened: Fact<{ signature: Signature; loadMs: number }>;
  inputs: Fact<InputPlan>;
  outputs: Fact<OutputPlan>;
  /** Milliseconds from the start of loading to the first answer. */
  coldStartMs: Fact<number>;
  /** Milliseconds of single-row calls, in the order of the calls. */
  latencyMs: Fact<Float64Array>;
  rowsPerSecond: Fact<number>;
  /** Largest resident memory of the inference process, in bytes. */
  peakMemory: Fact<number>;
}

/** What one model answered on a data set, and the sample that the statistics see. */
export interface Measured {
  sample: Sample;
  /** Absent when the numbers were predicted elsewhere. */
  answers?: Answers;
  /** Of predictions made elsewhere: whether the header names the class of their columns. */
  named?: boolean;
}

/** A slice column: its name, and the slice of every row (`''` where the cell is empty). */
export interface SliceColumn {
  name: string;
  /** The values are bands of numbers (`< 30`, `≥ 60`) and follow the name without an equals sign. */
  bands?: boolean;
  values: readonly string[];
}

/** Rows that have the features, as the model is fed them, and the label of an earlier row; of predictions made elsewhere the label and all predictions. */
export interface RepeatedRows {
  /** How many rows repeat an earlier one. */
  rows: number;
  /** The first row that does, and the row that it repeats; both counted from 1. */
  first?: { row: number; of: number };
}

/** One labelled table, and both models on it. */
export interface DataFacts {
  role: 'test' | 'frozen' | 'predictions';
  path: string;
  digest: Digest;
  rows: number;
  labelColumn: string | undefined;
  /** Every row's label as text, numbers in one form. */
  labels: Fact<readonly string[]>;
  scheme: Fact<LabelScheme>;
  ids: readonly string[] | undefined;
  /** Absent where no model tells which columns are features. */
  repeatedRows?: RepeatedRows;
  /** Cluster index of every row, where the config names a column. */
  clusters: Int32Array | undefined;
  slices: readonly SliceColumn[];
  /** Why slices that were asked for are not there. */
  slicesMissing: string | undefined;
  challenger: Fact<Measured>;
  /** Absent when there is no champion to compare with. */
  champion: Fact<Measured> | undefined;
  /** The class prior or the mean, as a sample; unknown when the challenger is not measured. */
  naive: Fact<Sample>;
  /** Rows that stand in the training table as well, by id or by all features. Absent when no training table is given. */
  sharedWithTraining: Fact<{ rows: number; by: string }> | undefined;
  /** How far each feature is from the training table. Absent when no training table is given. */
  trainingDrift?: Fact<readonly { name: string; result: DriftResult }[]>;
}

/** How a probe with peculiar rows ended: the answers, or the model's own words of refusal. */
export type ProbeAnswer =
  { kind: 'answered'; rows: number; nonFinite: number } | { kind: 'refused'; message: string };

/** One batch size that was tried. */
export interface BatchProbe {
  rows: number;
  result: Fact<ProbeAnswer>;
}

/** Peculiar rows: one feature missing, or far outside of what the table holds. */
export interface PeculiarProbe {
  rows: number;
  /** Features that were not tried, because the model has too many; 0 when absent. */
  untried?: number;
  /** Rows that ended in a NaN or infinite answer, and the features they were about. */
  nonFinite: readonly string[];
  /** Rows that the model refused, and the features they were about. */
  refused: readonly string[];
}

/** The same rows twice: how many answers differ, and by how much at most. */
export interface RepeatProbe {
  rows: number;
  differing: number;
  largest: number;
}

/** One line of golden.jsonl: what was expected and what came. */
export interface GoldenRow {
  line: number;
  expected: readonly number[];
  got: readonly number[];
}

export interface Probes {
  batches: readonly BatchProbe[];
  missing: Fact<PeculiarProbe>;
  extreme: Fact<PeculiarProbe>;
  /** The same batch twice. */
  twice: Fact<RepeatProbe>;
  /** Rows alone, against the same rows in a batch. */
  alone: Fact<RepeatProbe>;
}

/** Documents beside the model; `undefined` when there is none. What is wrong with one is listed in it. */
export interface Documents {
  manifest: ParsedManifest | undefined;
  championManifest: ParsedManifest | undefined;
  declared: MetricsDocument | undefined;
  /** The champion's metrics.json, for its threshold alone. */
  championDeclared?: MetricsDocument | undefined;
  golden: Fact<readonly GoldenRow[] | undefined>;
}

/** What serving sends: the features in order, and who says so. */
export interface Contract {
  features: readonly string[];
  source: 'config' | 'champion' | 'model' | 'table';
  /** Element types by feature, where the config names them; features that it leaves out are numbers. */
  types?: Readonly<Record<string, ElementType>>;
  /** Features that look like ids, dates or splits, and were taken because the model's count of features fits only with them. */
  doubtful?: readonly string[];
}

/** One key that decides, as texts: `roc_auc min`, `0.75`, `0.6`; `none` where it is absent. */
export interface GateChange {
  what: string;
  before: string;
  now: string;
  /** Says how the model is asked and on what, not what is good enough: it belongs to the change, whosever gates judge it. */
  asking?: true;
}

/** A frozen table that the base commit gated. */
export interface FrozenBefore {
  path: string;
  /** Of the bytes that hold the same table: those of the base commit, and those here where only packing or line ends differ; absent where git has no such table. */
  digests?: readonly Digest[];
}

/** A file that decides what is measured, and that is another one than at the base commit. */
export interface EditedFile {
  /** Such as `the test table`. */
  what: string;
  path: string;
}

/** A champion of this repository that is another one than at the base commit. */
export interface ChampionChange {
  path: string;
  /** It was not there, it was another one, or it could not be read there: why. */
  how: { kind: 'new' | 'replaced' } | { kind: 'unread'; why: string };
  /** Whether this change brings the challenger too. */
  challengerToo: boolean;
}

/** The examination, compared with the one of the base commit. */
export interface ComparedWithBase {
  kind: 'compared';
  /** The base commit. */
  revision: string;
  /** It is the commit before HEAD, because HEAD is part of the base branch. */
  parent: boolean;
  gates: Fact<readonly GateChange[]>;
  /** What the base commit has instead, where it has no such config or no such model: a sentence. */
  absent?: string;
  /** Models of the base commit's configs that their configs do not have any more; looked for where this model is absent there. */
  gone?: readonly string[];
  /** What it gated as frozen. */
  frozen: Fact<readonly FrozenBefore[]>;
  edited: readonly EditedFile[];
  champion?: ChampionChange;
}

/** What of the examination itself is another one than at the base commit; or why that cannot be told, and what to do. */
export type SinceBase = ComparedWithBase | { kind: 'no-base'; why: string; settle: string };

/** Whose gates judge a pull request. */
export type JudgedBy =
  /** Those of the base branch, which `commit` is the tip of. */
  | { kind: 'base'; commit: string }
  /** Its own: the base branch has no gates for this model. */
  | { kind: 'own'; commit: string }
  /** Its own, because the base branch's cannot be had: why (a clause), and what to do (a sentence). */
  | { kind: 'unknown'; why: string; settle: string };

/** Threshold of decisions, in [0, 1], and who says so. */
export interface Threshold {
  value: number;
  source: 'from the config' | 'from manifest.json' | 'from metrics.json' | 'default';
}

/** Everything a gate is judged on. Loaded by the use case; the checks only read it. */
export interface GateFacts {
  model: string;
  task: Fact<Task>;
  /** `elsewhere`: only numbers were given, no model was run here. */
  predictions: 'measured' | 'elsewhere';
  contract: Fact<Contract>;
  /** Absent for predictions made elsewhere. */
  challenger: SideFacts | undefined;
  champion: SideFacts | undefined;
  /** Why there is no champion: nobody asked for one, or one was asked for and could not be had. */
  noChampion: { asked: boolean; why: string; settle?: string } | undefined;
  documents: Documents;
  /** Absent without a config, and where there is nothing before it. */
  sinceBase?: SinceBase;
  /** Absent outside of pull requests, where the config's own gates judge. */
  judgedBy?: JudgedBy;
  data: readonly DataFacts[];
  probes: Probes | undefined;
  threshold: Threshold;
  /** The champion's; absent without one, and for predictions made elsewhere. */
  championThreshold?: Threshold;
}
