import { hostname } from 'node:os';
import type { Owner } from '../../core/owner.ts';
import type { Owners } from '../../core/ports.ts';
import { identityOf, isSamePlace } from './process-identity.ts';

/** What an owner is asked to be compared with; this machine and process if not said. */
export interface ProcessPlace {
  host?: string;
  pid?: number;
}

/**
 * Owners that are processes of this machine. A process that has ended, or whose pid another one has by now, is `dead`. Nothing is known
 * (`unknown`) of processes of other machines, boots and containers, of systems without /proc while the pid lives, and of runs of a forge.
 */
export function processOwners({ host = hostname(), pid = process.pid }: ProcessPlace = {}): Owners {
  const startedAt = identityOf(pid) ?? '';
  return {
    self: () => ({ kind: 'process', host, pid, startedAt }),
    liveness: async (owner) => {
      if (owner.kind !== 'process' || owner.host !== host) return 'unknown';
      return liveness(owner, startedAt);
    },
  };
}

function liveness(owner: Owner & { kind: 'process' }, own: string): 'alive' | 'dead' | 'unknown' {
  const isComparable = isSamePlace(owner.startedAt, own);
  if (owner.startedAt !== '' && own !== '' && !isComparable) return 'unknown';
  if (!isRunning(owner.pid)) return 'dead';
  const now = identityOf(owner.pid);
  if (now === 'ended') return 'dead';
  if (!isComparable || now === undefined) return 'unknown';
  return now === owner.startedAt ? 'alive' : 'dead';
}

/** Whether a process has this pid; one that we may not signal counts. Zero and below would name groups. */
function isRunning(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}
