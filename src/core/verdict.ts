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

const instant = z.iso.datetime();
const count = z.int().min(0);
/** `sha`: the commit that it was built from, where the ledger knows it. */
const releaseSchema = z.strictObject({
  name: text,
  digest: digest.optional(),
  sha: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
});

/** What a shadow rests on beside its checks: whose requests, how long, how often looked at. */
const shadowSchema = z.strictObject({
  champion: releaseSchema,
  challenger: releaseSchema,
  /** How the log says which releases answered; `unbound` is no evidence. */
  bound: z.enum(['versions', 'trusted', 'unbound']),
  window: z.strictObject({ from: instant, to: instant }).optional(),
  /** Requests up to here decide; later ones may still get labels. */
  maturedUntil: instant.optional(),
  /** This look's number, from 1, as far as earlier reports are known. */
  look: z.int().min(1),
  planned: z.strictObject({ labels: z.int().min(1), until: instant.optional() }),
  requests: z.strictObject({
    rows: count,
    both: count,
    championOnly: count,
    challengerOnly: count,
    excluded: count,
  }),
  labels: z.strictObject({ known: count, matured: count, immature: count, missing: count }),
  /** What the environment asks besides, one sentence each. */
  signOff: z.array(text),
});

/** The verdict document, `verdict.json`. It speaks of one artifact digest and travels with it. */
export const verdictSchema = z.strictObject({
  schema: z.literal(1),
  kind: z.enum(['gate', 'shadow']),
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
      role: z.enum(['test', 'frozen', 'train', 'predictions', 'log', 'labels', 'reference']),
      path: text,
      sha256: digest,
      rows: z.int().min(0),
    }),
  ),
  seed: z.int(),
  shadow: shadowSchema.optional(),
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
