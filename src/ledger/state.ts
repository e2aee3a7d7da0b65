import * as z from 'zod';
import { configOriginSchema } from '../core/config-origin.ts';
import { digestSchema } from '../core/digest.ts';
import { ownerSchema } from '../core/owner.ts';
import { policySchema } from '../core/policy.ts';
import { releaseSchema } from '../core/release.ts';
import { ACTIONS } from './action.ts';
import { approvalSchema, approverSchema } from './approval.ts';
import { tenureSchema } from './tenure.ts';

/** One stay of a release in the lane. */
export type Tenure = z.infer<typeof tenureSchema>;

/** An operation that has not come to its end. */
export const openSchema = z.object({
  seq: z.int(),
  operation: z.string(),
  action: z.enum(ACTIONS),
  from: z.union([digestSchema, z.literal('absent')]),
  to: digestSchema,
  release: releaseSchema,
  policy: policySchema,
  config: configOriginSchema.optional(),
  actor: z.string(),
  run: z.string().optional(),
  owner: ownerSchema,
  lease: z.string(),
  at: z.string(),
  askedAt: z.string(),
  comment: z.string().optional(),
  leaves: z.object({ digest: digestSchema, version: z.string().optional() }).optional(),
  reason: z.string().optional(),
  unproved: z.boolean().optional(),
  acceptedHold: z.boolean().optional(),
  approvedBy: z.array(approverSchema).optional(),
  /** The tag was moved and read back. */
  moved: z.boolean(),
  /** `seq` of the cut-off operation whose stay this one goes on with. */
  continues: z.int().optional(),
});
export type OpenOperation = z.infer<typeof openSchema>;

/** A release that a lane rolled back from. */
export const leftSchema = z.object({
  digest: digestSchema,
  version: z.string().optional(),
  environment: z.string(),
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  reason: z.string().optional(),
});
export type Left = z.infer<typeof leftSchema>;

/** What a comment was carried out as. */
const commentMarkSchema = z.object({
  id: z.string(),
  seq: z.int(),
  kind: z.enum(['locked', 'unlocked', 'released', 'approved']).optional(),
});
export type CommentMark = z.infer<typeof commentMarkSchema>;

/** The fold of a lane's entries: all that a rollback needs, in one read. */
export const stateSchema = z.object({
  schema: z.literal(1),
  model: z.string(),
  environment: z.string(),
  /** Number of the last entry; 0 = none. */
  seq: z.int().min(0),
  /** SHA-256 of the last entry's bytes. */
  last: digestSchema.nullable(),
  at: z.string().optional(),
  /** The policy of the last intent; where that one has another tag, only once its tag has moved. */
  policy: policySchema.optional(),
  open: openSchema.optional(),
  /** Newest last. The last one is what the tag should point at. At most 50, and never without the known good ones. */
  tenures: z.array(tenureSchema),
  lock: z.object({ reason: z.string(), actor: z.string(), at: z.string() }).optional(),
  /** Digests that this lane rolled back from and that were not released since. */
  left: z.array(leftSchema),
  /** What late writes of dead operations may still bring: where the tag points at one of these, it is re-pointed. */
  strays: z.array(z.object({ digest: digestSchema, at: z.string() })),
  /** Until then such a write can still land: whoever writes the tag before looks again after it. */
  unsettledUntil: z.string().optional(),
  /** Comments that were carried out, with the `seq` and kind of their entry; kind absent = an intent. The last 200. */
  comments: z.array(commentMarkSchema),
  /** The newest of each person and digest since the last move, oldest first; absent = none. At most 50. */
  approvals: z.array(approvalSchema).optional(),
  /** Another lane of the model carries on from this one, which has no tag, no stays and no policy any more. */
  closed: z
    .object({ successor: z.string(), at: z.string(), actor: z.string(), reason: z.string() })
    .optional(),
});
export type LaneState = z.infer<typeof stateSchema>;

/** What the ledger says that the tag should point at; `undefined` before the first move. */
export function currentTenure(state: Pick<LaneState, 'tenures'>): Tenure | undefined {
  return state.tenures.at(-1);
}

/** What a comment was carried out as in this lane; the newest entry where recovery wrote another. `undefined` = not yet, or long ago. */
export function markOf(
  state: Pick<LaneState, 'comments'>,
  comment: string | undefined,
): CommentMark | undefined {
  return comment === undefined ? undefined : state.comments.findLast(({ id }) => id === comment);
}

/** The open operation that a comment began. */
export function openedBy(
  { open }: Pick<LaneState, 'open'>,
  comment: string | undefined,
): OpenOperation | undefined {
  return comment !== undefined && open?.comment === comment ? open : undefined;
}

/** The version that a digest has in the lane's history; `undefined` for one that was never there. */
export function versionIn(state: LaneState, digest: string): string | undefined {
  return state.tenures.findLast(({ release }) => release.digest === digest)?.release.version;
}

/** A lane without history. */
export function emptyState({ model, environment }: { model: string; environment: string }): LaneState {
  return {
    schema: 1,
    model,
    environment,
    seq: 0,
    last: null,
    tenures: [],
    left: [],
    strays: [],
    comments: [],
  };
}
