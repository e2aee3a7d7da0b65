import type { Digest } from '../../core/digest.ts';
import type { ElementType } from '../../core/model.ts';
import type { Task } from '../../core/task.ts';
import type { OutputHints } from '../../gate/mapping/output-plan.ts';
import type { JudgedBy, SinceBase } from '../../gate/facts.ts';
import type { GateSettings } from '../../gate/settings.ts';

/** A slice column: its values as they are, or numbers cut at ascending edges. */
export interface SliceRequest {
  column: string;
  edges?: readonly number[];
}

/** A labelled table to measure on. */
export interface DataRequest {
  role: 'test' | 'frozen';
  path: string;
  label: string;
  id?: string;
  /** A second table, joined by id, that brings slice columns. */
  join?: { path: string; id: string };
  cluster?: string;
}

/** A table of predictions made elsewhere. Class columns are `<challenger>.<class>` for several classes. */
export interface PredictionsRequest {
  path: string;
  label?: string;
  id?: string;
  challenger: string;
  champion?: string;
  /** Nobody named the champion's column: a table without it has no champion. */
  championGuessed?: boolean;
}

/** A model to gate or to compare with: an artifact folder or a bare `.onnx` file. */
export interface ArtifactRequest {
  path: string;
  /** The model's file in the folder; the only `.onnx` file, or `model.onnx`, when absent. */
  modelFile?: string;
}

/** Everything that one run of the gate needs, from flags or from the config, before any file but those was read. */
export interface GateRequest {
  model: string;
  environment?: string;
  task?: Task;
  challenger?: ArtifactRequest;
  champion?: ArtifactRequest;
  /** Why there is no champion, when there is none. `asked`: the config wants a comparison. */
  noChampion?: { asked: boolean; why: string; settle?: string };
  /** What of the config is another one than at the base commit. */
  sinceBase?: SinceBase;
  /** Whose gates these settings are, on a pull request. */
  judgedBy?: JudgedBy;
  predictions?: PredictionsRequest;
  /** The contract's features in order, where the config or a flag names them. */
  features?: readonly string[];
  /** The contract's element types by feature. */
  types?: Readonly<Record<string, ElementType>>;
  /** Columns of single inputs, by input name. */
  inputs: Readonly<Record<string, readonly string[]>>;
  outputs: OutputHints & { positive?: string; threshold?: number; classes?: readonly string[] };
  data: readonly DataRequest[];
  train?: { path: string; id?: string };
  slices: readonly SliceRequest[];
  settings: GateSettings;
  /** Nobody configured gates: choose them by the task, and say so. */
  defaultGates: boolean;
  config?: { path: string; sha256: Digest; gates: Digest };
}
