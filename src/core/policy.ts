import * as z from 'zod';
import { probeSchema } from './probe.ts';

/** Kinds of evidence that an environment can ask for. */
export const EVIDENCE_KINDS = ['gate', 'shadow'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Roles of the forge, weakest first; each may do what the ones before it may. */
export const ROLES = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Commands that a lane gives to some and not to others. */
export const GOVERNED_COMMANDS = [
  'promote',
  'rollback',
  'adopt',
  'approve',
  'verify',
  'lock',
  'unlock',
  'release',
  'shadow',
] as const;
export type GovernedCommand = (typeof GOVERNED_COMMANDS)[number];

/** How a release reaches the servers once its tag has moved. `none`: the runtime follows the tag. */
export const deploySchema = z.union([
  z.object({ kind: z.literal('none') }),
  z.object({
    kind: z.literal('command'),
    command: z.array(z.string()).min(1),
    timeoutMs: z.number().positive(),
  }),
  /** A workflow of the ledger's repository, by the name of its file; `ref` absent = the default branch. */
  z.object({
    kind: z.literal('workflow'),
    workflow: z.string().min(1).max(200),
    ref: z.string().min(1).max(200).optional(),
    timeoutMs: z.number().positive(),
  }),
]);
export type Deploy = z.infer<typeof deploySchema>;

/**
 * What a lane asks for and does: the config's environment as it was when an operation began. It is stored in every intent, so
 * that a rollback needs no config. Fields of later minor versions are passed over, so they never stop a rollback.
 */
export const policySchema = z.object({
  /** The image repository of the lane's model. */
  image: z.string().min(1).max(500),
  tag: z.string().min(1).max(128),
  /** Environment in which the release must be healthy first. */
  after: z.string().optional(),
  /** How long a release must serve here before it counts as known good; 0 = one good look is enough. */
  soakMs: z.number().min(0),
  requires: z.array(z.enum(EVIDENCE_KINDS)),
  /** How old evidence may be at promotion; absent = any age. */
  evidenceAgeMs: z.number().positive().optional(),
  /** `default-branch`: only evidence made by a run there. `anywhere`: a laptop's counts too, but never a pull request's. */
  evidenceFrom: z.enum(['default-branch', 'anywhere']),
  /** The image must prove that it carries the gated artifact: by its layers, or by its labels. */
  carriesArtifact: z.boolean(),
  approvals: z.int().min(0),
  /** Whether the approval of the one who promotes counts; absent = no. */
  ownApproval: z.boolean().optional(),
  /** Who may do what by comment: a role of the forge, or `@login`; absent commands have their defaults. */
  allow: z.record(z.string(), z.array(z.string().max(101))).optional(),
  deploy: deploySchema,
  probes: z.array(probeSchema),
  /** A URL that answers while our own network is well; without it the registry is asked. */
  control: z.string().optional(),
  onFailure: z.enum(['rollback', 'hold']),
  /** Who may promote over a `hold` with a reason: names, or `anyone`. */
  acceptHold: z.array(z.string()),
});

/** Durations in milliseconds. */
export type Policy = z.infer<typeof policySchema>;
