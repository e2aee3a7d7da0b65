import type { ConfigOrigin } from '../core/config-origin.ts';
import type { Release } from '../core/release.ts';
import type { Digest } from '../core/digest.ts';
import type { Lane } from '../core/lane.ts';
import type { Candidate } from '../ledger/known-good.ts';
import type { Action } from '../ledger/action.ts';
import type { Leaving } from './leaving.ts';
import type { OperationPlan } from './plan.ts';
import type { LookPlan } from './plan-look.ts';
import type { Reason } from './reason.ts';

/** How a command on a lane ended; versioned, the `--json` output. */
export interface LaneResult {
  schema: 1;
  command: Action | 'verify';
  lane: Lane;
  outcome:
    /** Done and proved as far as one look can. */
    | 'done'
    /** It was so already, or somebody else's did it. */
    | 'nothing'
    /** `--dry-run`: this would be done. */
    | 'planned'
    | 'refused'
    /** Busy, or waiting for more looks. */
    | 'waiting'
    /** The tag moved; the deployment or the probes could not prove it. */
    | 'moved-not-proved'
    /** The environment is what it was. */
    | 'not-moved'
    /** Deployed, and the looks say that it does not serve well. */
    | 'failed';
  /** What happened, in a sentence. */
  message: string;
  from?: Digest | 'absent';
  /** Rollback: what it left, quarantined with its intent, however it ended. */
  leaves?: Leaving;
  /** The version of what the tag pointed at, where the ledger knows it. */
  fromVersion?: string;
  release?: Release;
  /** Adoption under a new name: the lane that this one carries on from, and that is closed. */
  carriesOnFrom?: Lane;
  reasons?: readonly Reason[];
  passedOver?: readonly Candidate[];
  look?: LookPlan;
  /** A rollback that a failed look began by itself: what failed, and what serves in its place; absent where nothing could be restored. */
  automatic?: { failed: Release; restored?: Release };
  /** Where the policy is from that it was decided by. */
  decidedBy?: ({ kind: 'config' } & ConfigOrigin) | { kind: 'ledger' };
  plan?: OperationPlan;
  /** The ledger's commit after it: `ledger verify --against`. */
  head?: string;
  seq?: number;
  /** From the command to the tag read back, and to the first good look, in milliseconds. */
  movedMs?: number;
  healthyMs?: number;
  /** The command that undoes it. */
  undo?: string;
}

/** The process exit code of a result: 0 done · 1 refused or failed · 2 waiting · 3 moved but not proved, or not moved by an error. */
export function exitCodeOf({ outcome }: Pick<LaneResult, 'outcome'>): 0 | 1 | 2 | 3 {
  switch (outcome) {
    case 'done':
    case 'nothing':
    case 'planned':
      return 0;
    case 'refused':
    case 'failed':
      return 1;
    case 'waiting':
      return 2;
    case 'moved-not-proved':
    case 'not-moved':
      return 3;
    default:
      return outcome satisfies never;
  }
}
