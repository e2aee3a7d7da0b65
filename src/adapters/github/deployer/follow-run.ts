import type { Timer } from '../../../core/ports.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { workflowRunSchema, type WorkflowRun } from '../workflow-run.ts';
import { progressSentence } from './workflow-sentences.ts';

const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 15_000;
const GROWTH = 1.5;

/** A run to wait for. */
export interface RunFollowed {
  id: string;
  /** When it is over, in milliseconds of the timer's clock. */
  until: number;
}

/** What waiting takes. */
export interface FollowPorts {
  client: GitHubClient;
  timer: Timer;
  progress(line: string): void;
}

/**
 * Looks at a run until it has ended or the time is over, every 2 to 15 seconds, and tells what changed. Resolves to what was seen last, which
 * says `completed` where it has ended; `undefined` where GitHub never told anything. A look that fails is made again.
 */
export async function followRun(
  ports: FollowPorts,
  { id, until }: RunFollowed,
): Promise<WorkflowRun | undefined> {
  const { timer, progress } = ports;
  let last: WorkflowRun | undefined;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * GROWTH, LONGEST_PAUSE_MS)) {
    const seen = await lookAt(ports, id);
    if (seen?.status === 'completed') return seen;
    if (seen !== undefined && seen.status !== last?.status) progress(progressSentence(seen));
    last = seen ?? last;
    const left = until - timer.now().getTime();
    if (left <= 0) return last;
    await timer.sleep(Math.min(pause, left));
  }
}

async function lookAt({ client }: FollowPorts, id: string): Promise<WorkflowRun | undefined> {
  const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}';
  const asked = client.rest(route, {
    doing: `look at the run ${id}`,
    params: { run_id: id },
    schema: workflowRunSchema,
    patienceMs: LONGEST_PAUSE_MS,
  });
  return asked.then(
    ({ data }) => data,
    () => undefined,
  );
}
