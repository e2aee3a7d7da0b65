import type { DeployRequest } from '../../../core/ports.ts';
import { isRunOf, type WorkflowRun } from '../workflow-run.ts';
import { parseDeployTitle, type DeployTitle } from './deploy-title.ts';

/** Runs of a deploy workflow as one deployment sees them. */
export interface SortedRuns {
  /** The run of this very operation, of the deploy ref: the one that succeeded or still may, else the newest. */
  own: WorkflowRun | undefined;
  /** The run of the same lane and of the deploy ref with the highest number that is not below this deployment's, and of another operation. */
  later: { run: WorkflowRun; title: DeployTitle } | undefined;
  /** Runs of the same lane with a lower number that have not ended, of any ref: what a lane deployed from may have changed. */
  earlier: readonly WorkflowRun[];
}

/**
 * Sorts runs, newest first, by what their titles say; runs with other titles are nobody's. A title is believed of runs of the deploy ref
 * alone: those of other branches run whatever somebody pushed there.
 */
export function sortRuns(runs: readonly WorkflowRun[], request: DeployRequest, ref: string): SortedRuns {
  const lane = runs.flatMap((run) => {
    const title = parseDeployTitle(run.title);
    return title?.model === request.model && title.environment === request.environment
      ? [{ run, title }]
      : [];
  });
  const own = lane
    .filter(({ run, title }) => isRunOf(run, ref) && title.operation === request.operation)
    .map(({ run }) => run);
  const others = lane.filter(({ title }) => title.operation !== request.operation);
  const later = others.filter(({ run, title }) => isRunOf(run, ref) && title.seq >= request.seq);
  return {
    own: own.find((run) => run.status !== 'completed' || run.conclusion === 'success') ?? own[0],
    later: later.toSorted((a, b) => b.title.seq - a.title.seq)[0],
    earlier: others
      .filter(({ run, title }) => title.seq < request.seq && run.status !== 'completed')
      .map(({ run }) => run),
  };
}
