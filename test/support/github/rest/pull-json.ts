import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import type { PullRecord } from '../records.ts';
import { fullRepositoryJson } from './repository-json.ts';
import { repositoryPath } from './repository-path.ts';
import { userJson } from './user-json.ts';

/** A pull request as in lists. */
export function pullSummaryJson(state: GitHubState, pull: PullRecord): Record<string, unknown> {
  const { number } = pull;
  const api = `${state.url}${repositoryPath(state)}`;
  const html = `${state.web}/${state.owner}/${state.name}/pull/${number}`;
  const links = linksOf(state, pull);
  const own = `${state.owner}/${state.name}`;
  return {
    id: number,
    node_id: `PR_${number}`,
    number,
    title: pull.title,
    body: pull.body,
    user: userJson(state, pull.login),
    state: pull.state,
    draft: pull.draft,
    locked: false,
    labels: [],
    assignee: null,
    milestone: null,
    auto_merge: null,
    author_association: 'CONTRIBUTOR',
    merge_commit_sha: pull.mergeCommit ?? null,
    merged_at: pull.mergedAt ?? null,
    closed_at: pull.state === 'closed' ? (pull.mergedAt ?? stamp(state)) : null,
    created_at: pull.createdAt,
    updated_at: stamp(state),
    head: endJson(state, { ref: pull.head.ref, sha: pull.head.sha, repository: pull.head.repository }),
    base: endJson(state, { ...pull.base, repository: own }),
    url: `${api}/pulls/${number}`,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    ...Object.fromEntries(Object.entries(links).map(([name, href]) => [`${name}_url`, href])),
    _links: Object.fromEntries(
      Object.entries({ ...links, html, self: `${api}/pulls/${number}` }).map(([name, href]) => [
        name,
        { href },
      ]),
    ),
  };
}

function linksOf(state: GitHubState, { number, head }: PullRecord): Record<string, string> {
  const api = `${state.url}${repositoryPath(state)}`;
  return {
    issue: `${api}/issues/${number}`,
    comments: `${api}/issues/${number}/comments`,
    review_comments: `${api}/pulls/${number}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${api}/pulls/${number}/commits`,
    statuses: `${api}/statuses/${head.sha}`,
  };
}

function endJson(
  state: GitHubState,
  { ref, sha, repository }: { ref: string; sha: string; repository: string | undefined },
): unknown {
  const owner = repository?.split('/')[0];
  return {
    label: owner === undefined ? `unknown repository` : `${owner}:${ref}`,
    ref,
    sha,
    user: owner === undefined ? null : userJson(state, owner),
    repo: repository === undefined ? null : fullRepositoryJson(state, repository),
  };
}

/** A pull request that was asked for by number. */
export function pullJson(state: GitHubState, pull: PullRecord): Record<string, unknown> {
  return {
    ...pullSummaryJson(state, pull),
    merged: pull.mergedAt !== undefined,
    merged_by: pull.mergedBy === undefined ? null : userJson(state, pull.mergedBy),
    mergeable: pull.state === 'open' ? true : null,
    mergeable_state: pull.state === 'open' ? 'clean' : 'unknown',
    maintainer_can_modify: false,
    rebaseable: null,
    additions: 1,
    deletions: 0,
    changed_files: 1,
    comments: 0,
    review_comments: 0,
    commits: 1,
  };
}
