import * as z from 'zod';
import { digestSchema } from '../core/digest.ts';
import { releaseSchema } from '../core/release.ts';
import { ACTIONS } from './action.ts';

/** The good looks at a serving release since its soak began, or began again after a gap or a bad look. Times are ISO. */
const soakSchema = z.object({
  since: z.string(),
  lastAt: z.string(),
  looks: z.int().min(0),
});

/** One stay of a release in the lane, from the move that brought it to the one that took it away. */
export const tenureSchema = z.object({
  /** `seq` of the intent that brought it. */
  seq: z.int(),
  /** Environment whose lane holds that intent, where this lane carries on from another; absent = this lane. */
  environment: z.string().optional(),
  action: z.enum(ACTIONS),
  release: releaseSchema,
  from: z.union([digestSchema, z.literal('absent')]),
  actor: z.string(),
  reason: z.string().optional(),
  unproved: z.boolean().optional(),
  acceptedHold: z.boolean().optional(),
  /** What the policy asked for then. */
  requires: z.array(z.string()),
  soakMs: z.number(),
  movedAt: z.string(),
  deployedAt: z.string().optional(),
  soak: soakSchema.optional(),
  healthyAt: z.string().optional(),
  /** The last look was not good, or the deployment failed. */
  trouble: z
    .object({
      kind: z.enum(['failed', 'inconclusive']),
      phase: z.enum(['deploy', 'probe']),
      message: z.string(),
      at: z.string(),
    })
    .optional(),
});
