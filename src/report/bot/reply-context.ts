import type { GovernedCommand } from '../../core/policy.ts';
import type { Release } from '../../core/release.ts';

/** What surrounds a command, for its reply. */
export interface ReplyContext {
  /** The command as it was understood, with its slash: `/promote bank/production 1.8.0`. */
  command: string;
  /** Login of who asked. */
  by: string;
  /** Address of the run that answers. */
  run?: string | undefined;
  /** Address of the repository's pages: `https://github.com/acme/models`. */
  repository?: string | undefined;
  /** What should be known beside the result, a sentence each. */
  notes: readonly string[];
  /** The release that was in the lane before, where the ledger knows it. */
  before?: Release | undefined;
  /** From the comment, by the forge's clock, to the tag read back, in milliseconds. */
  askedToMovedMs?: number | undefined;
  /** Who may give a command in this lane, in words: `the role write or stronger, or @ana`. */
  mayGive?: Partial<Record<GovernedCommand, string>> | undefined;
}
