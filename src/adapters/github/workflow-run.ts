import * as z from 'zod';
import type { GitHubClient } from './client/github-client.ts';

/** A run of a workflow as GitHub answers it. Statuses and conclusions that are not known yet are passed through. */
export const workflowRunSchema = z
  .object({
    id: z.int().positive(),
    display_title: z.string().nullish(),
    head_branch: z.string().nullish(),
    name: z.string().nullish(),
    status: z.string().nullish(),
    conclusion: z.string().nullish(),
    html_url: z.string(),
  })
  .transform((run) => ({
    id: String(run.id),
    /** Of `run-name` where the workflow has one, else of its `name`. */
    title: run.display_title ?? run.name ?? '',
    /** The short name of the branch or tag whose workflow file ran. */
    branch: run.head_branch ?? undefined,
    status: run.status ?? 'unknown',
    conclusion: run.conclusion ?? undefined,
    url: run.html_url,
  }));
export type WorkflowRun = z.infer<typeof workflowRunSchema>;

const runsSchema = z.object({ workflow_runs: z.array(workflowRunSchema) });
const PAGE = 100;

/** Whether a run is of a branch or tag, by its short or full name. Whoever may push can run another branch's file, under any title. */
export function isRunOf({ branch }: Pick<WorkflowRun, 'branch'>, ref: string): boolean {
  return branch === ref.replace(/^refs\/(?:heads|tags)\//, '');
}

/** The newest 100 dispatched runs of a workflow, newest first. */
export async function dispatchedRuns(
  client: GitHubClient,
  workflow: string,
): Promise<readonly WorkflowRun[]> {
  const { data } = await client.rest('GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs', {
    doing: `list the runs of ${workflow}`,
    params: { workflow_id: workflow, event: 'workflow_dispatch', per_page: PAGE },
    schema: runsSchema,
  });
  return data.workflow_runs.toSorted((a, b) => Number(b.id) - Number(a.id));
}
