import type { Signature } from '../git-objects.ts';
import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import type { RunRecord } from '../records.ts';
import { repositoryJson } from './repository-json.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { countedPage, notFound, reads, refuse, writes } from './route.ts';
import { userJson } from './user-json.ts';
import { workflowOf } from './workflow-routes.ts';

const ACTIONS = '/repos/{owner}/{repo}/actions';

/** Runs of workflows: how they are, and stopping them. */
export const runRoutes: readonly Route[] = [
  {
    operation: `GET ${ACTIONS}/workflows/{workflow_id}/runs`,
    needs: reads('actions'),
    answer: listRunsOfWorkflow,
  },
  { operation: `GET ${ACTIONS}/runs`, needs: reads('actions'), answer: listRuns },
  { operation: `GET ${ACTIONS}/runs/{run_id}`, needs: reads('actions'), answer: readRun },
  { operation: `POST ${ACTIONS}/runs/{run_id}/cancel`, needs: writes('actions'), answer: cancelRun },
];

function listRunsOfWorkflow(call: RestCall): RestReply {
  const workflow = workflowOf(call.state, call.params['workflow_id'] ?? '');
  if (workflow === undefined) return notFound();
  const path = `/actions/workflows/${workflow.file}/runs`;
  return listed(call, path, (run) => run.workflow === workflow.file);
}

function listRuns(call: RestCall): RestReply {
  return listed(call, '/actions/runs', () => true);
}

function listed(call: RestCall, path: string, wanted: (run: RunRecord) => boolean): RestReply {
  const { state, query } = call;
  const all = [...state.runs.values()]
    .filter((run) => wanted(run) && isAsked(run, query))
    .sort((left, right) => right.id - left.id)
    .map((run) => runJson(state, run));
  return countedPage(call, { path: `${repositoryPath(state)}${path}`, name: 'workflow_runs' }, all);
}

function isAsked(run: RunRecord, query: Readonly<Record<string, string>>): boolean {
  return (
    (query['event'] ?? run.event) === run.event &&
    (query['branch'] ?? run.branch) === run.branch &&
    (query['head_sha'] ?? run.sha) === run.sha &&
    (query['actor'] ?? run.login) === run.login &&
    [run.status, run.conclusion].includes((query['status'] ?? run.status) as never) &&
    isWithin(run.createdAt, query['created'])
  );
}

/** `created`: `>=TIME`, `<=TIME`, `FROM..TO`, or a day or time that it starts with. */
function isWithin(time: string, asked: string | undefined): boolean {
  if (asked === undefined) return true;
  const [from, to] = asked.includes('..') ? asked.split('..') : bounds(asked);
  const at = Date.parse(time);
  return (
    (from === undefined || from === '*' || at >= Date.parse(from)) &&
    (to === undefined || to === '*' || at <= Date.parse(to))
  );
}

function bounds(asked: string): [string | undefined, string | undefined] {
  const [, sign = '', time = asked] = /^([<>]=?)(.*)$/.exec(asked) ?? [];
  if (sign.startsWith('>')) return [time, undefined];
  if (sign.startsWith('<')) return [undefined, time];
  return [time, time.length === 10 ? `${time}T23:59:59Z` : time];
}

function readRun({ state, params }: RestCall): RestReply {
  const run = state.runs.get(Number(params['run_id']));
  return run === undefined ? notFound() : { status: 200, body: runJson(state, run) };
}

/** Asking is all that this does: the test's handler decides when the run ends. */
function cancelRun({ state, params }: RestCall): RestReply {
  const run = state.runs.get(Number(params['run_id']));
  if (run === undefined) return notFound();
  if (run.status === 'completed') return refuse(409, 'Cannot cancel a workflow run that is completed.');
  run.cancelAsked = true;
  return { status: 202, body: {} };
}

function runJson(state: GitHubState, run: RunRecord): unknown {
  const url = `${state.url}${repositoryPath(state)}/actions/runs/${run.id}`;
  const workflow = state.workflows.get(run.workflow);
  const commit = state.git.get(run.sha, 'commit');
  return {
    id: run.id,
    name: workflow?.name ?? run.workflow,
    node_id: `WFR_${run.id}`,
    head_branch: run.branch,
    head_sha: run.sha,
    path: `.github/workflows/${run.workflow}`,
    display_title: run.title,
    run_number: run.number,
    run_attempt: run.attempt,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow?.id ?? 0,
    check_suite_id: run.id,
    url,
    html_url: `${state.web}/${state.owner}/${state.name}/actions/runs/${run.id}`,
    pull_requests: [],
    created_at: run.createdAt,
    updated_at: run.updatedAt,
    run_started_at: run.startedAt,
    actor: userJson(state, run.login),
    triggering_actor: userJson(state, run.login),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${state.url}${repositoryPath(state)}/check-suites/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: `${state.url}${repositoryPath(state)}/actions/workflows/${workflow?.id ?? 0}`,
    head_commit: {
      id: run.sha,
      tree_id: commit?.tree ?? run.sha,
      message: commit?.message ?? '',
      timestamp: commit?.committer.date ?? stamp(state),
      author: personOf(commit?.author),
      committer: personOf(commit?.committer),
    },
    repository: repositoryJson(state),
    head_repository: repositoryJson(state, run.headRepository),
  };
}

function personOf(signature: Signature | undefined): unknown {
  return signature === undefined ? null : { name: signature.name, email: signature.email };
}
