import type { Timer } from '../../core/ports.ts';
import type { GitHubClient } from './client/github-client.ts';

/** Clocks that differ by less are not corrected: the header that tells has whole seconds, and answers take a while. */
const TOLERANCE_MS = 3000;

/**
 * The machine's timer by GitHub's clock: what is written to a ledger is compared with the times of comments, which are GitHub's. Until GitHub
 * has answered once, and where both agree within three seconds, it is the machine's own.
 */
export function createServerTimer(client: Pick<GitHubClient, 'aheadMs'>, machine: Timer): Timer {
  return {
    now: () => {
      const { aheadMs } = client;
      const now = machine.now();
      return Math.abs(aheadMs) < TOLERANCE_MS ? now : new Date(now.getTime() + aheadMs);
    },
    sleep: (ms) => machine.sleep(ms),
  };
}
