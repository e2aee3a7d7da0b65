import type { GitHubState } from './github-state.ts';
import { stamp } from './github-state.ts';
import type { RunRecord, WorkflowRecord } from './records.ts';

/** What a test says of a run that it adds; the rest is usual. */
export type NewRun = { workflow: string } & Partial<
  Pick<
    RunRecord,
    | 'event'
    | 'status'
    | 'conclusion'
    | 'attempt'
    | 'title'
    | 'branch'
    | 'sha'
    | 'headRepository'
    | 'login'
    | 'inputs'
  >
>;

/** Adds a run, in progress unless said otherwise. */
export function addRun(state: GitHubState, given: NewRun): RunRecord {
  const { workflow, branch = state.defaultBranch } = given;
  const now = stamp(state);
  const run: RunRecord = {
    event: 'workflow_dispatch',
    status: 'in_progress',
    conclusion: null,
    attempt: 1,
    title: workflow,
    sha: state.git.resolve(branch) ?? '0'.repeat(40),
    headRepository: `${state.owner}/${state.name}`,
    login: 'github-actions[bot]',
    inputs: {},
    ...given,
    branch,
    id: state.nextId(),
    number: [...state.runs.values()].filter((other) => other.workflow === workflow).length + 1,
    createdAt: now,
    startedAt: now,
    updatedAt: now,
    cancelAsked: false,
    start: () => moveRun(state, run, { status: 'in_progress', conclusion: null }),
    finish: (conclusion) => moveRun(state, run, { status: 'completed', conclusion }),
  };
  state.runs.set(run.id, run);
  return run;
}

function moveRun(state: GitHubState, run: RunRecord, to: Pick<RunRecord, 'status' | 'conclusion'>): void {
  Object.assign(run, to, { updatedAt: stamp(state) });
}

/** Runs a run again: same id, the next attempt, queued. */
export function rerun(state: GitHubState, id: number): RunRecord {
  const run = state.runs.get(id);
  if (run === undefined) throw new Error(`There is no run ${id}.`);
  run.attempt += 1;
  run.cancelAsked = false;
  run.startedAt = stamp(state);
  moveRun(state, run, { status: 'queued', conclusion: null });
  return run;
}

/** What a test says of a workflow that it adds. */
export type NewWorkflow = Partial<
  Pick<WorkflowRecord, 'name' | 'inputs' | 'returnRunDetails' | 'runName' | 'onDispatch'>
>;

/** Adds a workflow that can be dispatched, as if its file were on the default branch. */
export function addWorkflow(state: GitHubState, file: string, given: NewWorkflow): WorkflowRecord {
  const { name = file, inputs, returnRunDetails = true, runName, onDispatch } = given;
  const workflow = { id: state.nextId(), file, name, inputs, returnRunDetails, runName, onDispatch };
  state.workflows.set(file, workflow);
  return workflow;
}
