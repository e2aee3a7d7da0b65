import type { ConfigOrigin } from '../core/config-origin.ts';
import type { Digest } from '../core/digest.ts';
import type { Policy } from '../core/policy.ts';
import type { EvidenceRef, Release } from '../core/release.ts';
import type { Action } from '../ledger/action.ts';
import type { Approver } from '../ledger/approval.ts';
import type { Candidate } from '../ledger/known-good.ts';
import type { OpenOperation, Tenure } from '../ledger/state.ts';
import type { Leaving } from './leaving.ts';
import type { Reason } from './reason.ts';

/** What an operation will do, as data: enough to show it, to write its intent, and to carry it out. */
export interface OperationPlan {
  kind: 'operate';
  action: Action;
  from: Digest | 'absent';
  release: Release;
  policy: Policy;
  /** The config that the policy is from; absent where it is the one that the ledger holds. */
  config?: ConfigOrigin;
  /** The operation that is open and will be taken over. */
  takesOver?: OpenOperation;
  leaves?: Leaving;
  reason?: string;
  unproved?: boolean;
  acceptedHold?: boolean;
  /** Promotion: whose approvals count, where the policy asks for any. */
  approvedBy?: readonly Approver[];
  /** Adoption: the verdict that speaks against the release, which does not count as known good then. */
  failing?: EvidenceRef;
  comment?: string;
  /** When it was asked for, where that is not now: a comment's time by the forge's clock, ISO. */
  askedAt?: string;
  /** Rollback: the releases that were passed over, and why. */
  passedOver?: readonly Candidate[];
}

/** Nothing is to be done: it is so already. */
export interface NothingToDo {
  kind: 'nothing';
  message: string;
  /** The release that is there. */
  tenure?: Tenure;
}

/** Refused, with all reasons. */
export interface Refusal {
  kind: 'refused';
  reasons: readonly Reason[];
  passedOver?: readonly Candidate[];
}

/** Somebody is doing exactly this: follow them to their end. */
export interface Join {
  kind: 'join';
  open: OpenOperation;
}
