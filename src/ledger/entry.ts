import * as z from 'zod';
import { configOriginSchema } from '../core/config-origin.ts';
import { digestSchema } from '../core/digest.ts';
import { ownerSchema } from '../core/owner.ts';
import { policySchema } from '../core/policy.ts';
import { releaseSchema } from '../core/release.ts';
import { ACTIONS } from './action.ts';
import { approvalBasisSchema, approverSchema } from './approval.ts';
import { tenureSchema } from './tenure.ts';

/** Who asked: a name (a GitHub login, a git user), and by which way. */
const actorSchema = z.object({ name: z.string().max(200), via: z.string().max(40) });
export type Actor = z.infer<typeof actorSchema>;

/** What every entry has. `previous` chains it to the bytes of the entry before it; `null` in the first. */
const base = {
  schema: z.literal(1),
  seq: z.int().min(1),
  model: z.string(),
  environment: z.string(),
  previous: digestSchema.nullable(),
  /** Random; tells after a lost reply whether this very entry was written. */
  id: z.string().min(1).max(64),
  at: z.string(),
  actor: actorSchema,
  /** Address of the run that wrote it. */
  run: z.string().max(500).optional(),
};

const reason = z.string().max(500);
/** The comment that asked for an entry: one execution a comment. */
const comment = z.string().max(40).optional();
/** The `id` of the intent that an entry belongs to. */
const operation = z.string().min(1).max(64);

/** The entry before anything moves: lock and write-ahead record in one. Its `id` is the operation's. */
export const intentSchema = z.object({
  ...base,
  kind: z.literal('intent'),
  action: z.enum(ACTIONS),
  /** What the tag pointed at; `absent` when there was none. */
  from: z.union([digestSchema, z.literal('absent')]),
  to: digestSchema,
  release: releaseSchema,
  policy: policySchema,
  /** The config that the policy is from; absent where it is from the ledger, and in entries of older versions. */
  config: configOriginSchema.optional(),
  owner: ownerSchema,
  /** Until then the owner counts as alive unless it is known to be dead. */
  lease: z.string(),
  /** When it was asked for: a comment's creation, a command's start. */
  askedAt: z.string(),
  comment,
  /** Operation that was open and is taken over by this one. */
  takesOver: operation.optional(),
  /** Rollback: the release that is left, quarantined in the same commit. */
  leaves: z.object({ digest: digestSchema, version: z.string().optional() }).optional(),
  reason: reason.optional(),
  /** Rollback to a release that is not known good, with a reason. */
  unproved: z.boolean().optional(),
  /** Promotion over a `hold`, with a reason. */
  acceptedHold: z.boolean().optional(),
  /** Promotion: whose approvals it rests on, read again right before. */
  approvedBy: z.array(approverSchema).max(50).optional(),
});
export type Intent = z.infer<typeof intentSchema>;

export const movedSchema = z.object({
  ...base,
  kind: z.literal('moved'),
  operation,
  digest: digestSchema,
});

export const deployedSchema = z.object({
  ...base,
  kind: z.literal('deployed'),
  operation,
  digest: digestSchema,
});

/** A look at what is served: all probes as expected. */
export const observedSchema = z.object({
  ...base,
  kind: z.literal('observed'),
  digest: digestSchema,
  message: reason,
});

/** The whole soak was served and looked at. */
export const healthySchema = z.object({
  ...base,
  kind: z.literal('healthy'),
  digest: digestSchema,
  message: reason,
});

/** `tag` and `deploy` close their operation; `probe` speaks of the current release. */
export const failedSchema = z.object({
  ...base,
  kind: z.literal('failed'),
  phase: z.enum(['tag', 'deploy', 'probe']),
  operation: operation.optional(),
  digest: digestSchema,
  message: reason,
});

export const inconclusiveSchema = z.object({
  ...base,
  kind: z.literal('inconclusive'),
  digest: digestSchema,
  message: reason,
});

export const abortedSchema = z.object({
  ...base,
  kind: z.literal('aborted'),
  operation,
  message: reason,
});

export const lockedSchema = z.object({ ...base, kind: z.literal('locked'), reason, comment });
export const unlockedSchema = z.object({
  ...base,
  kind: z.literal('unlocked'),
  reason: reason.optional(),
  comment,
});

/** A quarantined release may be promoted again. */
export const releasedSchema = z.object({
  ...base,
  kind: z.literal('released'),
  digest: digestSchema,
  reason,
  comment,
});

/** A person other than the one who promotes says that a release may come here, as things are. */
export const approvedSchema = z.object({
  ...base,
  kind: z.literal('approved'),
  digest: digestSchema,
  version: z.string().min(1).max(128),
  comment,
  /** Of the comment's text: one that reads otherwise now does not count. */
  body: digestSchema.optional(),
  basis: approvalBasisSchema,
  reason: reason.optional(),
});
export type Approved = z.infer<typeof approvedSchema>;

/** Another lane of the model carries on from this one: the environment has another name now. */
export const closedSchema = z.object({ ...base, kind: z.literal('closed'), successor: z.string(), reason });

/**
 * The other half, in the same commit: all that the closed lane was. Numbers go on above those of both lanes, so that neither
 * the anchors of the tag nor the numbers of deployments are used twice.
 */
export const inheritedSchema = z.object({
  ...base,
  kind: z.literal('inherited'),
  /** The entry that closed the other lane. */
  from: z.object({ environment: z.string(), seq: z.int().min(1), digest: digestSchema }),
  policy: policySchema,
  tenures: z.array(tenureSchema),
  strays: z.array(z.object({ digest: digestSchema, at: z.string() })),
  unsettledUntil: z.string().optional(),
  lock: z.object({ reason: z.string(), actor: z.string(), at: z.string() }).optional(),
  reason,
});
export type Inherited = z.infer<typeof inheritedSchema>;

/** The kinds that this version knows. Others of schema 1 are kept, chained and passed over. */
export const knownEntrySchema = z.discriminatedUnion('kind', [
  intentSchema,
  movedSchema,
  deployedSchema,
  observedSchema,
  healthySchema,
  failedSchema,
  inconclusiveSchema,
  abortedSchema,
  lockedSchema,
  unlockedSchema,
  releasedSchema,
  approvedSchema,
  closedSchema,
  inheritedSchema,
]);
export type KnownEntry = z.infer<typeof knownEntrySchema>;
export type EntryKind = KnownEntry['kind'];

/** An entry of a later minor version: its kind is not known here. */
export const foreignEntrySchema = z.object({ ...base, kind: z.string().max(40) });
export type ForeignEntry = z.infer<typeof foreignEntrySchema> & { foreign: true };

export type Entry = KnownEntry | ForeignEntry;

/** Whether this version knows the entry's kind. */
export function isKnown(entry: Entry): entry is KnownEntry {
  return !('foreign' in entry && entry.foreign === true);
}

type Distribute<T, K extends PropertyKey> = T extends unknown
  ? { [P in keyof T as P extends K ? never : P]: T[P] }
  : never;

/** An entry before it has its place in the chain. */
export type EntryDraft = Distribute<
  KnownEntry,
  'schema' | 'seq' | 'model' | 'environment' | 'previous' | 'at' | 'actor' | 'run'
>;
