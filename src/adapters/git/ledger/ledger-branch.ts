import type { Head } from '../../../core/ledger-store.ts';

/** How a swap of the branch head ended: `lost` when the head was another one, and nothing was written. */
export type Swapped = 'done' | 'lost';

/** The branch of the ledger, wherever it is. Every method rejects with `unavailable` when it cannot tell. */
export interface LedgerBranch {
  /** The ref of this repository that holds the branch, or our copy of it. */
  ref: string;
  /** Brings `ref` up to date; false when there is no branch. */
  refresh(): Promise<boolean>;
  /** The head where the branch really is; `undefined` when there is no branch. */
  headNow(): Promise<string | undefined>;
  /** Moves the branch from exactly `parent` (`undefined`: no branch) to a commit on top of it. */
  swap(move: { parent: Head | undefined; commit: Head }): Promise<Swapped>;
}
