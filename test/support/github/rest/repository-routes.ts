import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import { BASE_ROLES } from '../records.ts';
import { hasRole, roleOf } from '../role.ts';
import { protectionJson } from './protection-json.ts';
import { fullRepositoryJson } from './repository-json.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { countedPage, notFound, page, reads, refuse } from './route.ts';
import { userJson } from './user-json.ts';

const REPOSITORY = '/repos/{owner}/{repo}';

/** The repository itself, who may do what in it, and its settings. */
export const repositoryRoutes: readonly Route[] = [
  { operation: 'GET /user', needs: [], answer: readUser },
  { operation: `GET ${REPOSITORY}`, needs: reads('metadata'), answer: readRepository },
  {
    operation: `GET ${REPOSITORY}/collaborators/{username}/permission`,
    needs: reads('metadata'),
    answer: readPermission,
  },
  { operation: `GET ${REPOSITORY}/rules/branches/{branch}`, needs: reads('metadata'), answer: readRules },
  {
    operation: `GET ${REPOSITORY}/branches/{branch}/protection`,
    needs: reads('administration'),
    answer: readProtection,
  },
  { operation: `GET ${REPOSITORY}/environments`, needs: reads('actions'), answer: listEnvironments },
  {
    operation: `GET ${REPOSITORY}/environments/{environment_name}`,
    needs: reads('actions'),
    answer: readEnvironment,
  },
  {
    operation: `GET ${REPOSITORY}/actions/permissions/workflow`,
    needs: reads('administration'),
    answer: ({ state }) => ({
      status: 200,
      body: {
        default_workflow_permissions: state.workflowPermissions.default,
        can_approve_pull_request_reviews: state.workflowPermissions.canApprove,
      },
    }),
  },
];

/** Only people have a profile: an installation's token is refused, as GitHub does. */
function readUser({ state, token }: RestCall): RestReply {
  if (token.kind === 'installation') return refuse(403, 'Resource not accessible by integration');
  const created = '2020-01-01T00:00:00Z';
  const none = {
    bio: null,
    blog: '',
    company: null,
    email: null,
    hireable: null,
    location: null,
    name: null,
  };
  const counts = { followers: 0, following: 0, public_gists: 0, public_repos: 1 };
  return {
    status: 200,
    body: { ...userJson(state, token.login), ...none, ...counts, created_at: created, updated_at: created },
  };
}

function readRepository({ state, token }: RestCall): RestReply {
  const role = BASE_ROLES.indexOf(roleOf(state, token.login));
  const may = Object.fromEntries(LEGACY.map(([name, least]) => [name, role >= BASE_ROLES.indexOf(least)]));
  const permissions = token.kind === 'person' ? { permissions: may } : {};
  return { status: 200, body: { ...fullRepositoryJson(state), ...permissions } };
}

const LEGACY = [
  ['admin', 'admin'],
  ['maintain', 'maintain'],
  ['push', 'write'],
  ['triage', 'triage'],
  ['pull', 'read'],
] as const;

/** `permission` knows four roles, `role_name` all of them and custom ones. Who is no user at all is not found. */
function readPermission({ state, token, params }: RestCall): RestReply {
  const asked = params['username'] ?? '';
  if (token.kind === 'person' && !hasRole(state, token.login, 'write'))
    return refuse(403, 'Must have push access to view collaborator permission.');
  const login = [...state.users.keys()].find((name) => name.toLowerCase() === asked.toLowerCase());
  if (login === undefined) return refuse(404, `${asked} is not a user`);
  const user = state.users.get(login);
  if (user?.type === 'Bot' && !login.endsWith('[bot]')) return refuse(404, `${asked} is not a user`);
  const role = BASE_ROLES.indexOf(roleOf(state, login));
  const role_name = user?.role ?? 'none';
  const permissions = Object.fromEntries(
    LEGACY.map(([name, least]) => [name, role >= BASE_ROLES.indexOf(least)]),
  );
  return {
    status: 200,
    body: {
      permission: legacyRole(role),
      role_name,
      user: { ...userJson(state, login), permissions, role_name },
    },
  };
}

function legacyRole(role: number): string {
  if (role >= BASE_ROLES.indexOf('admin')) return 'admin';
  if (role >= BASE_ROLES.indexOf('write')) return 'write';
  return role >= BASE_ROLES.indexOf('read') ? 'read' : 'none';
}

function readRules(call: RestCall): RestReply {
  const { state, params } = call;
  const branch = params['branch'] ?? '';
  const rules = (state.rules.get(branch) ?? []).map(({ type, parameters }) => ({
    type,
    ...(parameters === undefined ? {} : { parameters }),
    ruleset_source_type: 'Repository',
    ruleset_source: `${state.owner}/${state.name}`,
    ruleset_id: 1,
  }));
  return page(call, `${repositoryPath(state)}/rules/branches/${branch}`, rules);
}

function readProtection({ state, params }: RestCall): RestReply {
  const branch = params['branch'] ?? '';
  if (!state.protection.has(branch)) return refuse(404, 'Branch not protected');
  return { status: 200, body: protectionJson(state, branch) };
}

function listEnvironments(call: RestCall): RestReply {
  const path = `${repositoryPath(call.state)}/environments`;
  const all = [...call.state.environments.keys()].map((name) => environmentJson(call.state, name));
  return countedPage(call, { path, name: 'environments' }, all);
}

function readEnvironment({ state, params }: RestCall): RestReply {
  const name = params['environment_name'] ?? '';
  return state.environments.has(name) ? { status: 200, body: environmentJson(state, name) } : notFound();
}

function environmentJson(state: GitHubState, name: string): unknown {
  return {
    id: 1,
    node_id: `EN_${name}`,
    name,
    url: `${state.url}${repositoryPath(state)}/environments/${encodeURIComponent(name)}`,
    html_url: `${state.web}/${state.owner}/${state.name}/deployments/activity_log?environments_filter=${name}`,
    created_at: stamp(state),
    updated_at: stamp(state),
    protection_rules: state.environments.get(name)?.protectionRules ?? [],
    deployment_branch_policy: null,
  };
}
