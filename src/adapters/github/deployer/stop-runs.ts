import * as z from 'zod';
import type { WorkflowRun } from '../workflow-run.ts';
import { followRun, type FollowPorts } from './follow-run.ts';
import { shortUrl } from './workflow-sentences.ts';

const MOST_RUNS = 10;
/** A runner gives a step 10 seconds to end. */
const PATIENCE_MS = 20_000;

/**
 * Stops earlier deployments and waits a moment for them to end, so that none of them finishes behind the one that is started now. Best
 * effort: what cannot be stopped is said, and nobody waits for longer than 20 seconds.
 */
export async function stopRuns(ports: FollowPorts, runs: readonly WorkflowRun[]): Promise<void> {
  const until = ports.timer.now().getTime() + PATIENCE_MS;
  const quiet = { ...ports, progress: () => undefined };
  for (const run of runs.slice(0, MOST_RUNS)) {
    ports.progress(`An earlier deployment has not ended, and is stopped: ${shortUrl(run.url)}`);
    await stopRun(ports, run.id);
  }
  for (const run of runs.slice(0, MOST_RUNS)) {
    const last = await followRun(quiet, { id: run.id, until });
    if (last?.status !== 'completed') {
      ports.progress(`It has not ended yet, and this deployment goes on all the same: ${shortUrl(run.url)}`);
    }
  }
}

/** Asks a run to stop. One that has ended meanwhile (409), or that we may not stop, is left alone. */
export async function stopRun({ client }: FollowPorts, id: string): Promise<void> {
  const route = 'POST /repos/{owner}/{repo}/actions/runs/{run_id}/cancel';
  const asked = client.rest(route, {
    doing: `stop the run ${id}`,
    params: { run_id: id },
    schema: z.unknown(),
    repeatable: true,
  });
  await asked.catch(() => undefined);
}
