import type { GitHubState } from '../github-state.ts';
import { userJson } from './user-json.ts';

/** Names of the links that every repository has, with what follows the repository's address. */
const LINKS: Readonly<Record<string, string>> = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
};

/** A repository as in answers about other things. `fullName` absent: the fake's own. */
export function repositoryJson(state: GitHubState, fullName?: string): Record<string, unknown> {
  const own = `${state.owner}/${state.name}`;
  const full = fullName ?? own;
  const [owner = '', name = ''] = full.split('/');
  const url = `${state.url}/repos/${full}`;
  return {
    id: full === own ? 1 : 2,
    node_id: `R_${full}`,
    name,
    full_name: full,
    owner: userJson(state, owner),
    private: state.private,
    html_url: `${state.web}/${full}`,
    description: null,
    fork: full !== own,
    url,
    ...Object.fromEntries(Object.entries(LINKS).map(([key, rest]) => [`${key}_url`, `${url}${rest}`])),
  };
}

/** A repository with everything that GitHub tells of it when asked for it, or for a pull request of it. */
export function fullRepositoryJson(state: GitHubState, fullName?: string): Record<string, unknown> {
  const base = repositoryJson(state, fullName);
  const host = new URL(state.web).host;
  const created = '2024-01-01T00:00:00Z';
  return {
    ...base,
    default_branch: state.defaultBranch,
    clone_url: `${String(base['html_url'])}.git`,
    git_url: `git://${host}/${String(base['full_name'])}.git`,
    ssh_url: `git@${host}:${String(base['full_name'])}.git`,
    svn_url: base['html_url'],
    mirror_url: null,
    homepage: null,
    language: null,
    license: null,
    ...Object.fromEntries(COUNTS.map((name) => [name, 0])),
    ...Object.fromEntries(HAS.map((name) => [`has_${name}`, name === 'issues'])),
    archived: false,
    disabled: false,
    visibility: state.private ? 'private' : 'public',
    created_at: created,
    updated_at: created,
    pushed_at: created,
  };
}

const HAS = ['downloads', 'issues', 'projects', 'wiki', 'pages', 'discussions'];
const COUNTS = [
  'forks',
  'forks_count',
  'network_count',
  'open_issues',
  'open_issues_count',
  'size',
  'stargazers_count',
  'subscribers_count',
  'watchers',
  'watchers_count',
];
