import type { GitHubState } from '../github-state.ts';
import type { RunRecord, WorkflowRecord } from '../records.ts';
import { addRun } from '../run-book.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { countedPage, notFound, reads, refuse, writes } from './route.ts';

const WORKFLOWS = '/repos/{owner}/{repo}/actions/workflows';

/** Characters of all inputs together. */
const LARGEST_INPUTS = 65_535;

/** Workflow files and their start by hand. */
export const workflowRoutes: readonly Route[] = [
  { operation: `GET ${WORKFLOWS}`, needs: reads('actions'), answer: listWorkflows },
  { operation: `GET ${WORKFLOWS}/{workflow_id}`, needs: reads('actions'), answer: readWorkflow },
  { operation: `POST ${WORKFLOWS}/{workflow_id}/dispatches`, needs: writes('actions'), answer: dispatch },
];

function listWorkflows(call: RestCall): RestReply {
  const all = [...call.state.workflows.values()].map((workflow) => workflowJson(call.state, workflow));
  return countedPage(
    call,
    { path: `${repositoryPath(call.state)}/actions/workflows`, name: 'workflows' },
    all,
  );
}

/** The workflow of a file name, a path or an id. */
export function workflowOf(state: GitHubState, name: string): WorkflowRecord | undefined {
  const file = name.replace(/^\.github\/workflows\//, '');
  return state.workflows.get(file) ?? [...state.workflows.values()].find(({ id }) => String(id) === name);
}

function readWorkflow({ state, params }: RestCall): RestReply {
  const workflow = workflowOf(state, params['workflow_id'] ?? '');
  return workflow === undefined ? notFound() : { status: 200, body: workflowJson(state, workflow) };
}

function dispatch({ state, token, params, body }: RestCall): RestReply {
  const workflow = workflowOf(state, params['workflow_id'] ?? '');
  if (workflow === undefined) return notFound();
  const posted = body as { ref: string; inputs?: Record<string, string>; return_run_details?: boolean };
  if (workflow.returnRunDetails === 'refused' && 'return_run_details' in posted)
    return refuse(422, 'Invalid request.\n\n"return_run_details" is not a permitted key.');
  if (!isRef(state, posted.ref)) return refuse(422, `No ref found for: ${posted.ref}`);
  const given = posted.inputs ?? {};
  const wrong = wrongInputs(workflow, given);
  if (wrong !== undefined) return refuse(422, wrong);
  const inputs = { ...defaultsOf(workflow), ...given };
  const run = addRun(state, {
    workflow: workflow.file,
    status: 'queued',
    branch: posted.ref.replace(/^refs\/(heads|tags)\//, ''),
    login: token.login,
    inputs,
    title: workflow.runName?.(inputs) ?? workflow.name,
  });
  begin(state, workflow, run);
  if (posted.return_run_details !== true || workflow.returnRunDetails !== true) return { status: 204 };
  const run_url = `${state.url}${repositoryPath(state)}/actions/runs/${run.id}`;
  const html_url = `${state.web}/${state.owner}/${state.name}/actions/runs/${run.id}`;
  return { status: 200, body: { workflow_run_id: run.id, run_url, html_url } };
}

/** Only a branch or a tag can be dispatched, no commit. */
function isRef(state: GitHubState, ref: string): boolean {
  return ['', 'refs/heads/', 'refs/tags/'].some((prefix) => state.git.refs.has(`${prefix}${ref}`));
}

function wrongInputs(
  { inputs }: WorkflowRecord,
  given: Readonly<Record<string, unknown>>,
): string | undefined {
  if (JSON.stringify(given).length > LARGEST_INPUTS) return 'inputs are too large.';
  if (inputs === undefined) return undefined;
  const unknown = Object.keys(given).filter((name) => !(name in inputs));
  if (unknown.length > 0) return `Unexpected inputs provided: ${JSON.stringify(unknown)}`;
  const missing = Object.entries(inputs).find(
    ([name, { required, default: usual }]) => required === true && usual === undefined && !(name in given),
  );
  return missing === undefined ? undefined : `Required input '${missing[0]}' not provided`;
}

function defaultsOf({ inputs }: WorkflowRecord): Record<string, string> {
  return Object.fromEntries(Object.entries(inputs ?? {}).map(([name, input]) => [name, input.default ?? '']));
}

/** The test's own handler plays the runner. */
function begin(state: GitHubState, workflow: WorkflowRecord, run: RunRecord): void {
  const failed = (cause: unknown): void => {
    state.problems.push(`The handler of ${workflow.file} failed: ${String(cause)}`);
  };
  try {
    void Promise.resolve(workflow.onDispatch?.(run, run.inputs)).catch(failed);
  } catch (cause) {
    failed(cause);
  }
}

function workflowJson(state: GitHubState, { id, file, name }: WorkflowRecord): unknown {
  const created = '2024-01-01T00:00:00Z';
  return {
    id,
    node_id: `W_${id}`,
    name,
    path: `.github/workflows/${file}`,
    state: 'active',
    created_at: created,
    updated_at: created,
    url: `${state.url}${repositoryPath(state)}/actions/workflows/${id}`,
    html_url: `${state.web}/${state.owner}/${state.name}/blob/${state.defaultBranch}/.github/workflows/${file}`,
    badge_url: `${state.web}/${state.owner}/${state.name}/workflows/${encodeURIComponent(name)}/badge.svg`,
  };
}
