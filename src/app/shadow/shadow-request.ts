import type { Digest } from '../../core/digest.ts';
import type { Task } from '../../core/task.ts';
import type { ShadowColumns } from '../../shadow/columns.ts';
import type { PerSide, ShadowRelease } from '../../shadow/facts.ts';
import type { ShadowSettings } from '../../shadow/settings.ts';
import type { SliceRequest } from '../gate/gate-request.ts';

/** Everything that one run of the shadow needs, from flags, config and ledger, before any log was read. */
export interface ShadowRequest {
  model: string;
  environment?: string;
  /** Guessed from the scores when absent. */
  task?: Task;
  /** Paths and globs of the log: one row a request with both models. */
  log: readonly string[];
  labels: readonly string[];
  /** Guessed by common names when absent. */
  columns?: ShadowColumns;
  /** Columns of the label files, where they have other names than in the log. */
  labelColumns: { id?: string; label?: string; labelTime?: string };
  /** The releases that were asked for; absent: the pair of versions that the log has most of. */
  releases?: PerSide<ShadowRelease & { names: readonly string[] }>;
  /** A log without version columns is about these releases all the same. */
  trustLog: boolean;
  /** Milliseconds since 1970. */
  window: { from?: number; to?: number };
  positive?: string | number;
  /** Of decisions, in [0, 1]. */
  threshold?: number;
  /** Features to look at; absent: those of the reference that the log has. */
  features?: readonly string[];
  /** The training reference: a table with the features. `referenceAsked`: one that cannot be read is an error. */
  reference?: string;
  referenceAsked: boolean;
  /** `asked`: a slice that the log does not have is an error. */
  slices: { wanted: readonly SliceRequest[]; asked: boolean };
  /** Milliseconds; absent: the 95th percentile of the labels' delay. */
  maturedAfter?: number;
  plannedUntil?: string;
  settings: ShadowSettings;
  /** Nobody configured metrics: choose them by the task, and say so. */
  defaultMetrics: boolean;
  /** Most broken lines that are left out. */
  maxRejected: number;
  smoothing: 'half' | 'floor';
  /** The challenger's gate verdict: its name and its text. */
  promised?: { name: string; text: string };
  /** How often this pair was reported before. */
  looksBefore: number;
  /** What the environment asks besides, one sentence each. */
  signOff: readonly string[];
  config?: { path: string; sha256: Digest; gates: Digest };
}
