import * as z from 'zod';
import { checkResultSchema } from './check.ts';
import { OUTCOMES } from './outcome.ts';
import { TASKS } from './task.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const text = z.string().max(1000);

/** One side of the comparison: the bytes that were gated, or the bytes they were compared with. */
const subjectSchema = z.strictObject({
  path: text,
  digest,
  version: text.optional(),
  files: z.int().min(1).optional(),
});

/** The verdict document, `verdict.json`. It speaks of one artifact digest and travels with it. */
export const verdictSchema = z.strictObject({
  schema: z.literal(1),
  kind: z.literal('gate'),
  model: text,
  version: text.optional(),
  environment: text.optional(),
  task: z.enum(TASKS).optional(),
  /** `measured`: the model was run here. `elsewhere`: numbers were given (`--predictions`). */
  predictions: z.enum(['measured', 'elsewhere']),
  artifact: subjectSchema.optional(),
  image: z.strictObject({ digest }).optional(),
  champion: subjectSchema.optional(),
  outcome: z.enum(OUTCOMES),
  /** The binding reason, in a sentence. */
  reason: text,
  /** Stable id of the check that binds; absent when all pass. */
  binding: z.string().optional(),
  createdAt: z.iso.datetime(),
  producer: z.strictObject({
    tool: text,
    repository: text.optional(),
    ref: text.optional(),
    sha: text.optional(),
    workflow: text.optional(),
    run: text.optional(),
  }),
  /** Absent when no config was given. `gates` is the digest of this model's gate section alone. */
  config: z.strictObject({ path: text, sha256: digest, gates: digest }).optional(),
  data: z.array(
    z.strictObject({
      role: z.enum(['test', 'frozen', 'train', 'predictions']),
      path: text,
      sha256: digest,
      rows: z.int().min(0),
    }),
  ),
  seed: z.int(),
  machine: z
    .strictObject({
      os: text,
      cpu: text,
      cores: z.int(),
      memoryBytes: z.number(),
      node: text,
      runtime: text.optional(),
    })
    .optional(),
  /** What was guessed because nobody said it, one sentence each. */
  assumptions: z.array(text),
  checks: z.array(checkResultSchema),
});

export type Verdict = z.infer<typeof verdictSchema>;
