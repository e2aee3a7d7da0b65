import * as z from 'zod';
import type { StartedRun, Workflows } from '../../core/forge.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Timer } from '../../core/ports.ts';
import { seenName } from '../../core/seen.ts';
import type { GitHubClient } from './client/github-client.ts';
import { GitHubError } from './client/github-error.ts';
import { readDefaultBranch } from './read-default-branch.ts';
import { retryAfterLook } from './retry-after-look.ts';
import { dispatchedRuns, isRunOf } from './workflow-run.ts';

const REPOSITORY = '/repos/{owner}/{repo}';
const DISPATCH = `${REPOSITORY}/actions/workflows/{workflow_id}/dispatches`;
const LOOKS = 6;
const PAUSE_MS = 1_500;
const UNKNOWN_RUN: StartedRun = { id: undefined, url: undefined };

/** What current servers answer; older ones answer nothing. */
const startedSchema = z.object({ workflow_run_id: z.int().positive(), html_url: z.string() }).optional();

interface Order {
  workflow: string;
  ref: string;
  inputs: Readonly<Record<string, string>>;
}

/**
 * Starts workflows by `workflow_dispatch` and tells which run that made. Servers that do not tell it, and replies that were lost, leave
 * only the run's title to find it by: the input `operation` must stand in it (`run-name`), else the run stays unknown. After a lost reply
 * that input decides whether the workflow is started again; without it, it is not.
 */
export function createWorkflows(client: GitHubClient, timer: Timer): Workflows {
  let branch: Promise<string> | undefined;
  const defaultBranch = () =>
    (branch ??= readDefaultBranch(client).catch((error: unknown) => {
      branch = undefined;
      throw error;
    }));
  return {
    start: async ({ workflow, ref, inputs }) => {
      const order = { workflow, ref: ref ?? (await defaultBranch()), inputs };
      const operation = inputs['operation'];
      const look = operation ? () => findRun({ client, timer }, order, operation) : undefined;
      const started = await retryAfterLook(() => dispatch(client, order), look);
      if (started !== undefined) return started;
      // It was started: that its run cannot be looked for now is no reason to say that it was not.
      return (await look?.().catch(() => undefined)) ?? UNKNOWN_RUN;
    },
  };
}

/** Starts it and asks for the run; a server that does not know that question refuses, and is asked without it. */
async function dispatch(client: GitHubClient, order: Order): Promise<StartedRun | undefined> {
  try {
    return await post(client, order, { return_run_details: true });
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    if (error.status === 404) throw notThere(order, error);
    if (error.status !== 400 && error.status !== 422) throw error;
    return postWithoutDetails(client, order);
  }
}

async function postWithoutDetails(client: GitHubClient, order: Order): Promise<StartedRun | undefined> {
  try {
    return await post(client, order, {});
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 400 || error.status === 422))
      throw refused(order, error);
    throw error;
  }
}

async function post(
  client: GitHubClient,
  { workflow, ref, inputs }: Order,
  details: Readonly<Record<string, unknown>>,
): Promise<StartedRun | undefined> {
  const { data } = await client.rest(`POST ${DISPATCH}`, {
    doing: `start ${workflow}`,
    params: { workflow_id: workflow, ref, inputs, ...details },
    schema: startedSchema,
  });
  return data === undefined ? undefined : { id: String(data.workflow_run_id), url: data.html_url };
}

/** A run appears some seconds after it was asked for. */
async function findRun(
  { client, timer }: { client: GitHubClient; timer: Timer },
  { workflow, ref }: Order,
  operation: string,
): Promise<StartedRun | undefined> {
  for (let looks = 1; ; looks++) {
    const runs = await dispatchedRuns(client, workflow);
    const found = runs.find((run) => isRunOf(run, ref) && run.title.split(/[^\w.-]+/).includes(operation));
    if (found !== undefined) return { id: found.id, url: found.url };
    if (looks === LOOKS) return undefined;
    await timer.sleep(PAUSE_MS);
  }
}

function notThere({ workflow, ref }: Order, cause: unknown): KnownGoodError {
  const what = `.github/workflows/${seenName(workflow)} could not be started on ${seenName(ref)}: GitHub knows no such workflow`;
  const todo = 'Put the file on the default branch, and see whether the token may write "actions"';
  return new KnownGoodError('unavailable', `${what}. ${todo}.`, { cause });
}

function refused({ workflow, ref }: Order, error: GitHubError): KnownGoodError {
  const what = `.github/workflows/${seenName(workflow)} could not be started on ${seenName(ref)}: GitHub says ${error.said || 'nothing'}`;
  return new KnownGoodError('unavailable', `${what}. ${whatToDo(error.said)}`, { cause: error });
}

function whatToDo(said: string): string {
  if (/does not have .{0,10}workflow_dispatch/i.test(said)) return 'Add "workflow_dispatch" to its triggers.';
  if (/unexpected inputs?/i.test(said)) return 'Declare these inputs under "on.workflow_dispatch.inputs".';
  if (/input/i.test(said)) return 'Make its inputs those of the starter deploy.yml.';
  if (/no ref found/i.test(said)) return 'Correct the name of the branch.';
  if (/disabled/i.test(said)) return 'Switch the workflow on again.';
  return 'Compare its triggers and inputs with those of the starter deploy.yml.';
}
