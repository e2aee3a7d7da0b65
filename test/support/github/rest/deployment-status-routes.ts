import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import type { DeploymentRecord, StatusRecord } from '../records.ts';
import { LONGEST_DESCRIPTION, tooLong } from './deployment-routes.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, page, reads, writes } from './route.ts';
import { userJson } from './user-json.ts';

const STATUSES = '/repos/{owner}/{repo}/deployments/{deployment_id}/statuses';

/** States of deployments, newest first. */
export const deploymentStatusRoutes: readonly Route[] = [
  { operation: `GET ${STATUSES}`, needs: reads('deployments'), answer: listStatuses },
  { operation: `POST ${STATUSES}`, needs: writes('deployments'), answer: createStatus },
];

function listStatuses(call: RestCall): RestReply {
  const { state, params } = call;
  const deployment = Number(params['deployment_id']);
  if (!state.deployments.has(deployment)) return notFound();
  const all = [...state.statuses.values()]
    .filter((status) => status.deployment === deployment)
    .sort((left, right) => right.id - left.id);
  const path = `${repositoryPath(state)}/deployments/${deployment}/statuses`;
  return page(
    call,
    path,
    all.map((status) => statusJson(state, status)),
  );
}

interface Posted {
  state: string;
  description?: string;
  log_url?: string;
  target_url?: string;
  environment_url?: string;
  environment?: string;
  auto_inactive?: boolean;
}

function createStatus({ state, token, params, body }: RestCall): RestReply {
  const deployment = state.deployments.get(Number(params['deployment_id']));
  if (deployment === undefined) return notFound();
  const posted = body as Posted;
  if ((posted.description ?? '').length > LONGEST_DESCRIPTION) return tooLong('DeploymentStatus');
  const status = addStatus(state, deployment, { ...posted, login: token.login });
  if (posted.state === 'success' && posted.auto_inactive !== false)
    retireOthers(state, deployment, token.login);
  return { status: 201, body: statusJson(state, status) };
}

function addStatus(
  state: GitHubState,
  deployment: DeploymentRecord,
  posted: Posted & { login: string },
): StatusRecord {
  const status = {
    id: state.nextId(),
    deployment: deployment.id,
    state: posted.state,
    description: posted.description ?? '',
    logUrl: posted.log_url ?? posted.target_url ?? '',
    environmentUrl: posted.environment_url ?? '',
    environment: posted.environment ?? deployment.environment,
    login: posted.login,
    createdAt: stamp(state),
  };
  state.statuses.set(status.id, status);
  return status;
}

/** `auto_inactive`: earlier successful ones of the environment become inactive, but not transient or production ones. */
function retireOthers(state: GitHubState, deployment: DeploymentRecord, login: string): void {
  for (const other of state.deployments.values()) {
    if (other.id >= deployment.id || other.environment !== deployment.environment) continue;
    if (other.production || other.transient) continue;
    const last = [...state.statuses.values()].filter((status) => status.deployment === other.id).at(-1);
    if (last?.state === 'success') addStatus(state, other, { state: 'inactive', login });
  }
}

function statusJson(state: GitHubState, status: StatusRecord): unknown {
  const repository_url = `${state.url}${repositoryPath(state)}`;
  const deployment_url = `${repository_url}/deployments/${status.deployment}`;
  return {
    url: `${deployment_url}/statuses/${status.id}`,
    id: status.id,
    node_id: `DES_${status.id}`,
    state: status.state,
    creator: userJson(state, status.login),
    description: status.description,
    environment: status.environment,
    target_url: status.logUrl,
    log_url: status.logUrl,
    environment_url: status.environmentUrl,
    created_at: status.createdAt,
    updated_at: status.createdAt,
    deployment_url,
    repository_url,
    performed_via_github_app: null,
  };
}
