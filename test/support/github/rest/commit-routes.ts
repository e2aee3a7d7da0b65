import type { GitHubState } from '../github-state.ts';
import { gitCommitJson } from './git-routes.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, reads, refuse } from './route.ts';

const REPOSITORY = '/repos/{owner}/{repo}';

/** Commits as the repository shows them, and comparisons of two. */
export const commitRoutes: readonly Route[] = [
  { operation: `GET ${REPOSITORY}/commits/{ref}`, needs: reads('contents'), answer: readCommit },
  { operation: `GET ${REPOSITORY}/compare/{basehead}`, needs: reads('contents'), answer: compare },
];

function readCommit({ state, params }: RestCall): RestReply {
  const name = params['ref'] ?? '';
  const sha = state.git.resolve(name);
  return sha === undefined
    ? refuse(422, `No commit found for SHA: ${name}`)
    : { status: 200, body: commitJson(state, sha) };
}

/** A commit of the repository. Authors are not matched to users. */
export function commitJson(state: GitHubState, sha: string): unknown {
  const commit = gitCommitJson(state, sha) ?? {};
  const url = `${state.url}${repositoryPath(state)}/commits/${sha}`;
  const { author, committer, tree, message, verification, parents } = commit;
  return {
    sha,
    node_id: `C_${sha}`,
    commit: { author, committer, tree, message, verification, comment_count: 0, url: commit['url'] },
    url,
    html_url: commit['html_url'],
    comments_url: `${url}/comments`,
    author: null,
    committer: null,
    parents,
    files: [],
  };
}

function compare(call: RestCall): RestReply {
  const { state, params } = call;
  const [baseName = '', headName = ''] = (params['basehead'] ?? '').split('...');
  const base = state.git.resolve(withoutOwner(baseName));
  const head = state.git.resolve(withoutOwner(headName));
  if (base === undefined || head === undefined) return notFound();
  const before = state.git.history(base);
  const after = state.git.history(head);
  const common = after.find((sha) => before.includes(sha));
  if (common === undefined) return refuse(404, `No common ancestor between ${baseName} and ${headName}.`);
  const ahead = after.filter((sha) => !before.includes(sha));
  const behind = before.filter((sha) => !after.includes(sha));
  const html = `${state.web}/${state.owner}/${state.name}/compare/${baseName}...${headName}`;
  return {
    status: 200,
    body: {
      url: `${state.url}${repositoryPath(state)}/compare/${baseName}...${headName}`,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: commitJson(state, base),
      merge_base_commit: commitJson(state, common),
      status: statusOf(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits: ahead.reverse().map((sha) => commitJson(state, sha)),
      files: [],
    },
  };
}

function withoutOwner(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function statusOf(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? 'identical' : 'behind';
  return behind === 0 ? 'ahead' : 'diverged';
}
