import * as z from 'zod';
import { digestSchema } from './digest.ts';
import { EVIDENCE_KINDS } from './policy.ts';
import { OUTCOMES } from './outcome.ts';

const shortText = z.string().max(300);

/** A verdict that speaks for a release: where it is kept, and what a promotion wants to know of it without opening it. */
export const evidenceRefSchema = z.object({
  kind: z.enum(EVIDENCE_KINDS),
  /** SHA-256 of the verdict document: its name in the ledger. */
  digest: digestSchema,
  outcome: z.enum(OUTCOMES),
  /** The artifact that it measured. */
  artifact: digestSchema,
  environment: shortText.optional(),
  createdAt: shortText,
  /** SHA-256 of the gates that it was judged by; absent when it was made without a config. */
  gates: digestSchema.optional(),
  /** Of a shadow: the image digest of the release that it compared with. */
  champion: digestSchema.optional(),
  /** The git ref and run that made it; absent on a laptop. */
  ref: shortText.optional(),
  run: shortText.optional(),
  /** The binding reason. */
  reason: z.string().max(1000).optional(),
});
export type EvidenceRef = z.infer<typeof evidenceRefSchema>;

/** How the image proves that it carries the gated artifact. */
export const CARRIES = ['layers', 'labels', 'unproved'] as const;

/** One model version as built. A version names one digest for ever. */
export const releaseSchema = z.object({
  schema: z.literal(1),
  model: z.string(),
  version: z.string().min(1).max(128),
  /** The commit that it was built from, 40 hex digits. */
  sha: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
  /** The image repository. */
  image: z.string(),
  digest: digestSchema,
  /** The artifact in the image. */
  artifact: digestSchema.optional(),
  carries: z.enum(CARRIES),
  registeredAt: z.string(),
  registeredBy: shortText,
  evidence: z.array(evidenceRefSchema).max(20),
  /** One request and its answer, for a golden probe. */
  golden: z.object({ request: z.json(), answer: z.json() }).optional(),
  /** Set where the release was taken over from before the ledger, with the reason. */
  adopted: z.string().max(500).optional(),
});
export type Release = z.infer<typeof releaseSchema>;

/** `1.8.0 (sha256:0123456789ab)`: a release in a sentence. */
export function nameRelease({ version, digest }: Pick<Release, 'version' | 'digest'>): string {
  return `${version} (${shortDigest(digest)})`;
}

/** `sha256:` and 12 hex digits: enough to find it again. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
