import * as z from 'zod';
import type { Deployments, DeploymentShown } from '../../core/forge.ts';
import type { GitHubClient } from './client/github-client.ts';
import { GitHubError } from './client/github-error.ts';
import { deploymentOf, deploymentSchema, type KnownDeployment } from './deployment-of.ts';
import { fitLine } from './fit-text.ts';
import { retryAfterLook } from './retry-after-look.ts';

const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments';
const STATUSES = `${DEPLOYMENTS}/{deployment_id}/statuses`;
const TASK = 'deploy';
const PAGE = 100;
const MOST_CHARACTERS = 140;
const RETIRED = 'inactive';

const statusSchema = z.object({
  id: z.int().positive(),
  state: z.string(),
  description: z.string().nullish(),
  log_url: z.string().nullish(),
});
type Status = z.infer<typeof statusSchema>;

/** How deployments are shown. */
export interface DeploymentsOptions {
  /** Takes the place of a ref that the repository does not know (any more), such as the default branch; without it that is an error. */
  fallbackRef?: string | undefined;
}

/**
 * Deployments and their statuses, a projection for people. `show` may be called again at any time: the operation in the payload finds the
 * deployment, among the newest 100 of the environment, and a status that is there already is not set again.
 */
export function createDeployments(client: GitHubClient, options: DeploymentsOptions = {}): Deployments {
  return {
    show: async (shown) => {
      const find = () => findDeployment(client, shown);
      const found = shown.isNew === true ? undefined : await find();
      const { id } = found ?? (await retryAfterLook(() => createAt(client, shown, options), find));
      const last = found === undefined ? undefined : await lastStatus(client, id);
      // What a later one retired stays so: a run that is started again shows an older one.
      const isSettled = last !== undefined && (last.state === RETIRED || says(last, shown));
      if (!isSettled) await setStatus(client, id, shown);
    },
  };
}

async function findDeployment(
  client: GitHubClient,
  { environment, operation }: DeploymentShown,
): Promise<KnownDeployment | undefined> {
  const { data } = await client.rest(`GET ${DEPLOYMENTS}`, {
    doing: 'list the deployments',
    params: { environment, task: TASK, per_page: PAGE },
    schema: z.array(deploymentSchema),
  });
  return deploymentOf(data, operation);
}

/** Creates the deployment at its ref, or at the other one where GitHub does not know it. */
async function createAt(
  client: GitHubClient,
  shown: DeploymentShown,
  { fallbackRef }: DeploymentsOptions,
): Promise<KnownDeployment> {
  try {
    return await create(client, shown);
  } catch (error) {
    const unknownRef = error instanceof GitHubError && error.status === 422;
    if (!unknownRef || fallbackRef === undefined || fallbackRef === shown.ref) throw error;
    const note = ` (shown at ${fitLine(fallbackRef, 30)}: ${fitLine(shown.ref, 13)} is unknown here)`;
    const description = `${fitLine(shown.description, MOST_CHARACTERS - note.length)}${note}`;
    return create(client, { ...shown, ref: fallbackRef, description });
  }
}

async function create(client: GitHubClient, shown: DeploymentShown): Promise<KnownDeployment> {
  const { environment, ref, operation, seq, digest } = shown;
  const { data } = await client.rest(`POST ${DEPLOYMENTS}`, {
    doing: `record a deployment to ${environment}`,
    params: {
      ref,
      environment,
      task: TASK,
      auto_merge: false,
      required_contexts: [],
      payload: { operation, seq, digest },
      description: fitLine(shown.description, MOST_CHARACTERS),
    },
    schema: deploymentSchema,
  });
  return data;
}

async function lastStatus(client: GitHubClient, id: number): Promise<Status | undefined> {
  const { data } = await client.rest(`GET ${STATUSES}`, {
    doing: `read the statuses of the deployment ${id}`,
    params: { deployment_id: id, per_page: PAGE },
    schema: z.array(statusSchema),
  });
  return data.toSorted((a, b) => b.id - a.id)[0];
}

function says(status: Status, { state, description, run }: DeploymentShown): boolean {
  const same = status.state === state && (status.log_url ?? '') === (run ?? '');
  return same && (status.description ?? '') === fitLine(description, MOST_CHARACTERS);
}

/** Setting the same status twice does no harm: the last one counts. */
async function setStatus(
  client: GitHubClient,
  id: number,
  { state, description, run }: DeploymentShown,
): Promise<void> {
  await client.rest(`POST ${STATUSES}`, {
    doing: `set the status of the deployment ${id}`,
    params: {
      deployment_id: id,
      state,
      // GitHub then sets the earlier ones of the environment that succeeded to `inactive`.
      auto_inactive: state === 'success',
      description: fitLine(description, MOST_CHARACTERS),
      ...(run === undefined ? {} : { log_url: run }),
    },
    schema: z.unknown(),
    repeatable: true,
  });
}
