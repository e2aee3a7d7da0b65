import { KnownGoodError } from '../../../core/errors.ts';
import type { StartedRun, Workflows } from '../../../core/forge.ts';
import type { Deploy } from '../../../core/policy.ts';
import type { Deployer, DeployRequest } from '../../../core/ports.ts';
import { seen } from '../../../core/seen.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { readDefaultBranch } from '../read-default-branch.ts';
import { dispatchedRuns, type WorkflowRun } from '../workflow-run.ts';
import { believeLater } from './believe-later.ts';
import { followRun, type FollowPorts } from './follow-run.ts';
import { sortRuns, type SortedRuns } from './sort-runs.ts';
import { stopRun, stopRuns } from './stop-runs.ts';
import {
  endedSentence,
  lateSentence,
  lostRunSentence,
  overtakenSentence,
  shortUrl,
  unseenSentence,
} from './workflow-sentences.ts';

/** What deployments by a workflow are made with. */
export interface WorkflowDeployerOptions extends FollowPorts {
  client: GitHubClient;
  workflows: Workflows;
  /** The branch whose workflow file runs where the lane names none; absent: the default branch. */
  defaultRef?: string | undefined;
}

type Workflow = Extract<Deploy, { kind: 'workflow' }>;
/** What is dispatched: a workflow file of a branch or tag. */
interface Dispatch {
  workflow: string;
  ref: string;
}

type Deployed = Awaited<ReturnType<Deployer['deploy']>>;

/**
 * Deploys by `workflow_dispatch` and waits for the run to end. A run of this very operation that is there already is followed instead of
 * starting another, so that a resumed operation deploys once; the titles of runs tell, by the starter workflow's `run-name`, where they are
 * of the ref that is dispatched. Earlier deployments of the lane that have not ended are stopped first, best effort; after a later one
 * nothing is started, unless the ledger knows better: whoever may write can start the workflow with any number. Where the runs cannot be
 * listed it says so and goes on, as the deploy workflow refuses an older number by itself. Only `success` is deployed. Never
 * rejects: everything that goes wrong is `failed`, in a sentence that says where to look.
 */
export function createWorkflowDeployer(options: WorkflowDeployerOptions): Deployer {
  return {
    deploy: async (how, request) => {
      if (how.kind !== 'workflow')
        return failed('This deploys by a workflow alone, and the lane by a command.');
      try {
        return await deployByRun(options, how, request);
      } catch (error) {
        if (error instanceof KnownGoodError) return failed(error.message);
        const what = error instanceof Error ? seen(error.message, 200) : 'the reason is unknown';
        return failed(`The deployment could not be made: ${what}.`);
      }
    },
  };
}

async function deployByRun(
  options: WorkflowDeployerOptions,
  how: Workflow,
  request: DeployRequest,
): Promise<Deployed> {
  const until = options.timer.now().getTime() + how.timeoutMs;
  const dispatch = { workflow: how.workflow, ref: await refOf(options, how) };
  const { own, later, earlier } = sortRuns(await runsOf(options, dispatch), request, dispatch.ref);
  if (later !== undefined && (await believeLater(options.progress, request, later)))
    return failed(overtakenSentence(request, later));
  await stopRuns(options, earlier);
  const run = own ?? (await start(options, dispatch, request));
  if (run.id === undefined) return failed(lostRunSentence(how.workflow));
  options.progress(
    `The deployment ${own === undefined ? 'was started' : 'is there already'}: ${shortUrl(run.url)}`,
  );
  const overtaking =
    own === undefined ? await overtakenBy(options, dispatch, { request, known: later }) : undefined;
  if (overtaking !== undefined) {
    await stopRun(options, run.id);
    return failed(overtakenSentence(request, overtaking));
  }
  const last = await followRun(options, { id: run.id, until });
  if (last?.status !== 'completed') {
    await stopRun(options, run.id);
    return failed(lateSentence({ status: last?.status, url: last?.url ?? run.url }, how));
  }
  return last.conclusion === 'success' ? { kind: 'deployed' } : failed(endedSentence(last, how.workflow));
}

/** A later deployment that began between our look and our start: whoever began it did not see ours, and could not stop it. */
async function overtakenBy(
  options: WorkflowDeployerOptions,
  dispatch: Dispatch,
  { request, known }: { request: DeployRequest; known: SortedRuns['later'] },
): Promise<SortedRuns['later']> {
  const quiet = () => undefined;
  const runs = await runsOf({ ...options, progress: quiet }, dispatch);
  const { later } = sortRuns(runs, request, dispatch.ref);
  if (later === undefined) return undefined;
  const progress = later.run.id === known?.run.id ? quiet : options.progress;
  return (await believeLater(progress, request, later)) ? later : undefined;
}

/** The ref that is dispatched, and whose runs are believed. */
async function refOf({ client, defaultRef }: WorkflowDeployerOptions, { ref }: Workflow): Promise<string> {
  return ref ?? defaultRef ?? readDefaultBranch(client);
}

async function runsOf(
  { client, progress }: WorkflowDeployerOptions,
  { workflow }: Dispatch,
): Promise<readonly WorkflowRun[]> {
  try {
    return await dispatchedRuns(client, workflow);
  } catch (error) {
    progress(unseenSentence(error));
    return [];
  }
}

async function start(
  { workflows }: WorkflowDeployerOptions,
  dispatch: Dispatch,
  request: DeployRequest,
): Promise<StartedRun> {
  return workflows.start({ ...dispatch, inputs: inputsOf(request) });
}

/** The fixed inputs of every deploy workflow, all of them strings. */
function inputsOf(request: DeployRequest): Readonly<Record<string, string>> {
  const { model, environment, image, digest, sha, version, seq, operation } = request;
  return { model, environment, image, digest, sha: sha ?? '', version, seq: String(seq), operation };
}

function failed(message: string): Deployed {
  return { kind: 'failed', message };
}
