import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import type { IssueRecord } from '../records.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, reads } from './route.ts';
import { userJson } from './user-json.ts';

/** Issues, among which pull requests are. */
export const issueRoutes: readonly Route[] = [
  {
    operation: 'GET /repos/{owner}/{repo}/issues/{issue_number}',
    needs: reads('issues', 'pull_requests'),
    answer: readIssue,
  },
];

function readIssue({ state, params }: RestCall): RestReply {
  const issue = threadOf(state, Number(params['issue_number']));
  return issue === undefined ? notFound() : { status: 200, body: issueJson(state, issue) };
}

/** The issue or pull request of a number. */
export function threadOf(state: GitHubState, number: number): IssueRecord | undefined {
  return state.pulls.get(number) ?? state.issues.get(number);
}

/** An issue or, where it is one, a pull request as the issue that it also is. */
export function issueJson(state: GitHubState, issue: IssueRecord): Record<string, unknown> {
  const { number } = issue;
  const pull = state.pulls.get(number);
  const url = `${state.url}${repositoryPath(state)}/issues/${number}`;
  const html_url = `${state.web}/${state.owner}/${state.name}/${pull === undefined ? 'issues' : 'pull'}/${number}`;
  const pullUrl = `${state.url}${repositoryPath(state)}/pulls/${number}`;
  return {
    id: number,
    node_id: `I_${number}`,
    number,
    title: issue.title,
    body: issue.body,
    user: userJson(state, issue.login),
    state: issue.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    labels: [],
    comments: [...state.comments.values()].filter(({ thread }) => thread === number).length,
    author_association: 'NONE',
    url,
    html_url,
    repository_url: `${state.url}${repositoryPath(state)}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    labels_url: `${url}/labels{/name}`,
    created_at: issue.createdAt,
    updated_at: stamp(state),
    closed_at: issue.state === 'closed' ? stamp(state) : null,
    ...(pull === undefined
      ? {}
      : {
          draft: pull.draft,
          pull_request: {
            url: pullUrl,
            html_url,
            diff_url: `${html_url}.diff`,
            patch_url: `${html_url}.patch`,
            merged_at: pull.mergedAt ?? null,
          },
        }),
  };
}
