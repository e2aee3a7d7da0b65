import * as z from 'zod';
import { digestSchema } from '../core/digest.ts';

/** What an approval rests on: where any of this is different, it is void. */
export const approvalBasisSchema = z.object({
  /** The lane's release of then; `absent` where it had none. */
  from: z.union([digestSchema, z.literal('absent')]),
  /** The verdicts that counted for the release in that lane, by digest, sorted. */
  evidence: z.array(digestSchema).max(20),
  /** SHA-256 of the gates that the config asked for; of the shadow's section and the gates together. */
  gates: digestSchema.optional(),
  shadow: digestSchema.optional(),
});
export type ApprovalBasis = z.infer<typeof approvalBasisSchema>;

/** An approval that a lane's state holds. */
export const approvalSchema = z.object({
  digest: digestSchema,
  version: z.string(),
  /** Login of the person. */
  by: z.string(),
  at: z.string(),
  comment: z.string().optional(),
  body: digestSchema.optional(),
  basis: approvalBasisSchema,
});
export type Approval = z.infer<typeof approvalSchema>;

/** One whose approval a promotion rests on. */
export const approverSchema = z.object({ by: z.string().max(200), comment: z.string().max(40).optional() });
export type Approver = z.infer<typeof approverSchema>;
