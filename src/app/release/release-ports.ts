import type { CommentReader } from '../../core/forge.ts';
import type { LedgerStore } from '../../core/ledger-store.ts';
import type { Deployer, Ids, Owners, Prober, Timer } from '../../core/ports.ts';
import type { Registries } from '../../core/registry.ts';
import type { Actor } from '../../ledger/entry.ts';

/** What every command on lanes needs of the world. */
export interface ReleasePorts {
  ledger: LedgerStore;
  registries: Registries;
  deployer: Deployer;
  prober: Prober;
  owners: Owners;
  timer: Timer;
  ids: Ids;
  /** Who asks. */
  actor: Actor;
  /**
   * Reads the comments of approvals again. Given only where the forge has authenticated `actor`: without it no approval counts, for
   * nobody could tell the one who promotes from the one who approves.
   */
  comments?: CommentReader;
  /** Whether somebody may approve in the lane by the policy of today; without it, whoever was allowed when they approved. */
  mayApprove?(login: string): Promise<boolean>;
  /** Address of the run that we are, where there is one. */
  run?: string;
  /** What happens, as it happens, for a person to follow. */
  progress(step: Progress): void;
}

/** A step of an operation, once it is done. */
export interface Progress {
  step:
    | 'inherited'
    | 'intent'
    | 'moved'
    | 'deployed'
    | 'looked'
    | 'settled'
    | 'aborted'
    | 'repaired'
    | 'waiting'
    | 'joined';
  message: string;
}
