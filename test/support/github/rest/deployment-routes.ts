import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import type { DeploymentRecord } from '../records.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { page, reads, refuse, writes } from './route.ts';
import { userJson } from './user-json.ts';

const DEPLOYMENTS = '/repos/{owner}/{repo}/deployments';

/** Characters of a description. */
export const LONGEST_DESCRIPTION = 140;

/** Deployments. Two defaults that nobody expects are kept: automatic merges and all checks required. */
export const deploymentRoutes: readonly Route[] = [
  { operation: `GET ${DEPLOYMENTS}`, needs: reads('deployments'), answer: listDeployments },
  { operation: `POST ${DEPLOYMENTS}`, needs: writes('deployments'), answer: createDeployment },
];

const FILTERS = ['environment', 'task', 'ref', 'sha'] as const;

function listDeployments(call: RestCall): RestReply {
  const { state, query } = call;
  const all = [...state.deployments.values()]
    .filter((each) => FILTERS.every((key) => query[key] === undefined || query[key] === each[key]))
    .sort((left, right) => right.id - left.id);
  return page(
    call,
    `${repositoryPath(state)}/deployments`,
    all.map((each) => deploymentJson(state, each)),
  );
}

interface Posted {
  ref: string;
  task?: string;
  environment?: string;
  description?: string | null;
  payload?: unknown;
  auto_merge?: boolean;
  required_contexts?: readonly string[];
  production_environment?: boolean;
  transient_environment?: boolean;
}

function createDeployment({ state, token, body }: RestCall): RestReply {
  const posted = body as Posted;
  const { ref, environment = 'production', description = null } = posted;
  const sha = state.git.resolve(ref);
  if (sha === undefined) return refuse(422, `No ref found for: ${ref}`);
  if ((description ?? '').length > LONGEST_DESCRIPTION) return tooLong('Deployment');
  const checks = posted.required_contexts === undefined ? unfinishedChecks(state, sha) : [];
  if (checks.length > 0)
    return refuse(409, `Conflict: Commit status checks failed for ${ref}.`, [
      { contexts: checks, resource: 'Deployment', field: 'required_contexts', code: 'invalid' },
    ]);
  if (posted.auto_merge !== false && isBehind(state, ref))
    return {
      status: 202,
      body: { message: `Auto-merged ${state.defaultBranch} into ${ref} on deployment.` },
    };
  const deployment: DeploymentRecord = {
    id: state.nextId(),
    sha,
    ref,
    task: posted.task ?? 'deploy',
    environment,
    description,
    payload: posted.payload ?? {},
    login: token.login,
    production: posted.production_environment ?? environment === 'production',
    transient: posted.transient_environment ?? false,
    createdAt: stamp(state),
  };
  state.deployments.set(deployment.id, deployment);
  return { status: 201, body: deploymentJson(state, deployment) };
}

/** 422 of a description that is too long. */
export function tooLong(resource: string): RestReply {
  const message = `description is too long (maximum is ${LONGEST_DESCRIPTION} characters)`;
  return refuse(422, 'Validation Failed', [{ resource, field: 'description', code: 'custom', message }]);
}

function unfinishedChecks(state: GitHubState, sha: string): string[] {
  return [...state.checkRuns.values()]
    .filter((run) => run.sha === sha && !['success', 'neutral', 'skipped'].includes(run.conclusion ?? ''))
    .map(({ name }) => name);
}

function isBehind(state: GitHubState, ref: string): boolean {
  const head = state.git.refs.get(`refs/heads/${state.defaultBranch}`);
  const branch = state.git.refs.get(`refs/heads/${ref}`);
  return branch !== undefined && head !== undefined && !state.git.history(branch).includes(head);
}

function deploymentJson(state: GitHubState, deployment: DeploymentRecord): unknown {
  const url = `${state.url}${repositoryPath(state)}/deployments/${deployment.id}`;
  return {
    url,
    id: deployment.id,
    node_id: `DE_${deployment.id}`,
    sha: deployment.sha,
    ref: deployment.ref,
    task: deployment.task,
    payload: deployment.payload,
    original_environment: deployment.environment,
    environment: deployment.environment,
    description: deployment.description,
    creator: userJson(state, deployment.login),
    created_at: deployment.createdAt,
    updated_at: deployment.createdAt,
    statuses_url: `${url}/statuses`,
    repository_url: `${state.url}${repositoryPath(state)}`,
    production_environment: deployment.production,
    transient_environment: deployment.transient,
    performed_via_github_app: null,
  };
}
