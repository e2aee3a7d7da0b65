import type { Lane } from '../core/lane.ts';
import type { Release } from '../core/release.ts';

/** Why a command that moves no tag is refused: stable codes. */
export type ChangeCode =
  | 'locked'
  | 'not-locked'
  | 'lane-closed'
  | 'quarantined'
  | 'not-registered'
  | 'image-differs'
  | 'overtaken'
  | 'not-quarantined'
  | 'version-taken'
  | 'digest-taken'
  | 'commit-differs'
  | 'not-pullable'
  | 'artifact-differs'
  | 'evidence-model'
  | 'evidence-artifact'
  | 'evidence-digest';

/** One reason of such a refusal, and what to type to settle it, without `known-good`. */
export interface ChangeReason {
  code: ChangeCode;
  message: string;
  settle?: string;
}

/** How a command that moves no tag ended; versioned, the `--json` output. Exit code 0, or 1 where it was refused. */
export interface ChangeResult {
  schema: 1;
  command: 'lock' | 'unlock' | 'release' | 'approve' | 'register' | 'package';
  /** `nothing`: it was so already. `planned`: `--dry-run`. */
  outcome: 'done' | 'nothing' | 'planned' | 'refused';
  /** What happened, in a sentence. */
  message: string;
  /** What should be known beside it, a sentence each. */
  notes?: readonly string[];
  reasons?: readonly ChangeReason[];
  /** The lanes that it spoke of. */
  lanes?: readonly Lane[];
  release?: Release;
  /** `approve`: how many of the release the lane has now, and how many a promotion needs. */
  approvals?: { given: number; needed: number };
  /** `package`: where the artifact is now; `register`: the same, where it was packaged before and the registration was refused. */
  packaged?: { image: string; digest: string; artifact: string; tag: string };
  /** The ledger's commit after it: `ledger verify --against`. */
  head?: string;
  /** The command that undoes it, without `known-good`. */
  undo?: string;
  /** The command that comes next, without `known-good`. */
  next?: string;
}
