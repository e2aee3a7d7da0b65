import type { MetricKey } from '../core/metric.ts';
import type { StructureLimits } from '../core/model.ts';
import type { RunLimits } from '../core/ports.ts';
import type { MetricGate } from '../verdict/metric-gate.ts';

export interface SliceGate {
  /** `proved`: a slice that is too small to prove anything holds the verdict; `shown`: it is only named. */
  require: 'proved' | 'shown';
  /** Margins for slices, where they differ from the metric's own. */
  maxDrop: Partial<Record<MetricKey, number>>;
  /** Slices below this many rows are named and not tested. */
  minRows: number;
}

/** Everything a gate asks for, defaults filled in. An absent limit is not a limit: the check then informs. */
export interface GateSettings {
  metrics: Partial<Record<MetricKey, MetricGate>>;
  slices: SliceGate;
  /** Milliseconds. */
  latency: { p50?: number; p95?: number; p99?: number; maxRatio?: number; coldStart?: number };
  /** Bytes. */
  memory: { peakRss?: number; file?: number };
  throughput: { minRowsPerSecond?: number };
  manifest: 'required' | 'optional';
  /** `tolerance` is absolute; for label units a share of the measured value, for the bias of the measured mean absolute error. */
  declared: { required: boolean; tolerance: number };
  golden: { required: boolean; tolerance: number };
  structure: StructureLimits;
  /** `maxDuplicateIds` counts ids that occur more than once, `maxDuplicates` is a share of rows; rows and positives are those of the test table. */
  data: {
    maxDuplicates?: number;
    maxDuplicateIds?: number;
    maxSharedRows?: number;
    /** Largest PSI of a feature against the training table. */
    maxPsi?: number;
    minRows?: number;
    minPositives?: number;
    /** The frozen table may be another one than at the base commit. */
    frozenMayChange?: boolean;
  };
  limits: RunLimits;
  /** What the contract says of rows with missing values: the model answers with a finite number, or serving refuses them. */
  missing?: 'answer' | 'refused';
  /** Policy of the environment: whether predictions made elsewhere are acceptable. */
  predictions: 'measured' | 'any';
  seed: number;
}

const MIB = 2 ** 20;

/** Ceilings of the bounded read: generous for real models, far below what could hurt the reader. */
export const DEFAULT_STRUCTURE_LIMITS: StructureLimits = {
  fileBytes: 2048 * MIB,
  nodes: 100_000,
  depth: 32,
  tensorElements: 2 ** 31,
  domains: ['', 'ai.onnx', 'ai.onnx.ml'],
};

/** A gate that asks for nothing yet: no limit set, every default filled. */
export const DEFAULT_SETTINGS: GateSettings = {
  metrics: {},
  slices: { require: 'shown', maxDrop: {}, minRows: 50 },
  latency: {},
  memory: {},
  throughput: {},
  manifest: 'optional',
  declared: { required: false, tolerance: 0.001 },
  golden: { required: false, tolerance: 1e-5 },
  structure: DEFAULT_STRUCTURE_LIMITS,
  data: {},
  limits: { timeoutMs: 60_000, memoryBytes: 2048 * MIB },
  predictions: 'any',
  seed: 20_240_501,
};
