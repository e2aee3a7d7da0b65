import * as z from 'zod';
import { METRIC_KEYS } from './metric.ts';
import { OUTCOMES, ROLES } from './outcome.ts';

/** What only a shadow checks: the log, the labels, and what both models did with the same requests. */
export const SHADOW_CHECKS = [
  'log',
  'labels',
  'coverage',
  'agreement',
  'errors',
  'promise',
  'drift',
] as const;

/** The checks, in the order of the full report. One file each under src/gate/checks or src/shadow/checks. */
export const CHECKS = [
  'log',
  'labels',
  'coverage',
  'agreement',
  'gates',
  'structure',
  'signature',
  'manifest',
  'data',
  'metrics',
  'declared',
  'champion',
  'promise',
  'slices',
  'errors',
  'drift',
  'smoke',
  'determinism',
  'golden',
  'label-output',
  'latency',
  'memory',
] as const;

export type CheckName = (typeof CHECKS)[number];

/** The checks of a gate. */
export type GateCheckName = Exclude<CheckName, (typeof SHADOW_CHECKS)[number]>;

/** How a limit is meant: the measured value is at least `min`, at most `max`, equal, and so on. */
export const LIMIT_RULES = ['min', 'max', 'max_drop', 'max_ratio', 'equals', 'within'] as const;

const finite = z.number().refine(Number.isFinite, 'must be a finite number');
const sentence = z.string().min(1).max(4000);

/** One measurement against one limit. */
export const checkResultSchema = z.strictObject({
  /** Stable and unique in a verdict: `metrics.roc_auc.min`, `champion.brier`, `slices.roc_auc.job=student`. */
  id: z.string().min(1).max(400),
  check: z.enum(CHECKS),
  role: z.enum(ROLES),
  outcome: z.enum(OUTCOMES),
  /** Stable kebab-case code of why: `below-min`, `not-proved`, `missing`. */
  reason: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  /** What was looked at: a data set (`test`, `frozen`) or a slice (`job = student`). */
  subject: z.string().max(400).optional(),
  metric: z.enum(METRIC_KEYS).optional(),
  measured: z.union([finite, z.string().max(1000)]).optional(),
  limit: z
    .strictObject({ rule: z.enum(LIMIT_RULES), value: z.union([finite, z.string().max(1000)]) })
    .optional(),
  /** `share` in [0, 1], `ms`, `bytes`, `rows`, `ratio`, `label` (the label's own unit), `nats`, `score`. */
  unit: z.enum(['share', 'ms', 'bytes', 'rows', 'ratio', 'label', 'nats', 'score', 'rows/s']).optional(),
  /** Rows (or repeats) that the measurement rests on. */
  n: z.int().min(0).optional(),
  /** The other model's value on the same rows. */
  baseline: finite.optional(),
  baselineName: z.enum(['champion', 'naive', 'declared']).optional(),
  /** measured − baseline. */
  difference: finite.optional(),
  /** Of `difference` where there is a baseline, else of `measured`: both ends one-sided at 95 %. */
  interval: z.tuple([finite, finite]).optional(),
  /** Two-sided level of `interval`: 0.9. */
  level: z.number().optional(),
  /** How the interval was made: `DeLong`, `Tango score`, `betting`. */
  method: z.string().max(200).optional(),
  /** Rows with labels that would probably settle a `hold`, in all. */
  rowsNeeded: z.int().min(1).optional(),
  /** What happened and what was seen, in a sentence that stands alone. */
  message: sentence,
  /** What to do about it, in a sentence; absent on a pass. */
  settle: sentence.optional(),
});

export type CheckResult = z.infer<typeof checkResultSchema>;
export type LimitRule = (typeof LIMIT_RULES)[number];
export type Unit = NonNullable<CheckResult['unit']>;
