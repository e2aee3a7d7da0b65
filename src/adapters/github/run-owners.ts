import * as z from 'zod';
import type { Owner } from '../../core/owner.ts';
import type { Owners } from '../../core/ports.ts';
import type { GitHubClient } from './client/github-client.ts';

/** The run of GitHub Actions that we are part of. */
export interface RunOwnersOptions {
  client: GitHubClient;
  /** `owner/name`, the client's own. */
  repository: string;
  run: string;
  attempt: number;
}

type RunOwner = Owner & { kind: 'run' };
type Liveness = 'alive' | 'dead' | 'unknown';

const GOING: readonly string[] = ['queued', 'in_progress', 'requested', 'waiting', 'pending'];
/** A take-over may hang on it, and nothing is lost by not knowing. */
const PATIENCE_MS = 15_000;

const runSchema = z.object({ status: z.string().nullish(), run_attempt: z.int().min(1).optional() });

/**
 * Owners that are runs of this repository. A run that is over, and one that a later attempt took the place of, is `dead`. `unknown`:
 * whatever is no run of this repository, this very run and attempt (an earlier step of it), and whatever GitHub does not tell. Asking
 * needs `actions: read`, and never rejects.
 */
export function createRunOwners({ client, repository, run, attempt }: RunOwnersOptions): Owners {
  const self: RunOwner = { kind: 'run', repository, run, attempt };
  return {
    self: () => ({ ...self }),
    liveness: async (owner) => {
      if (owner.kind !== 'run' || !sameName(owner.repository, repository)) return 'unknown';
      if (owner.run === run && owner.attempt <= attempt) return owner.attempt < attempt ? 'dead' : 'unknown';
      return askLiveness(client, owner);
    },
  };
}

async function askLiveness(client: GitHubClient, { run, attempt }: RunOwner): Promise<Liveness> {
  if (!/^[0-9]{1,20}$/.test(run)) return 'unknown';
  try {
    const { data } = await client.rest('GET /repos/{owner}/{repo}/actions/runs/{run_id}', {
      doing: `look at run ${run}`,
      params: { run_id: run },
      schema: runSchema,
      patienceMs: PATIENCE_MS,
    });
    if (data.run_attempt === undefined || data.run_attempt < attempt) return 'unknown';
    if (data.run_attempt > attempt || data.status === 'completed') return 'dead';
    return GOING.includes(data.status ?? '') ? 'alive' : 'unknown';
  } catch {
    return 'unknown';
  }
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
