import type { GitHubState } from '../github-state.ts';
import type { PullRecord, ReviewRecord } from '../records.ts';
import { pullJson, pullSummaryJson } from './pull-json.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, page, reads, refuse } from './route.ts';
import { userJson } from './user-json.ts';

const REPOSITORY = '/repos/{owner}/{repo}';

/** Pull requests, found by number, head or commit, and their reviews. */
export const pullRoutes: readonly Route[] = [
  { operation: `GET ${REPOSITORY}/pulls`, needs: reads('pull_requests'), answer: listPulls },
  { operation: `GET ${REPOSITORY}/pulls/{pull_number}`, needs: reads('pull_requests'), answer: readPull },
  {
    operation: `GET ${REPOSITORY}/pulls/{pull_number}/reviews`,
    needs: reads('pull_requests'),
    answer: listReviews,
  },
  {
    operation: `GET ${REPOSITORY}/commits/{commit_sha}/pulls`,
    needs: reads('pull_requests'),
    answer: pullsOfCommit,
  },
];

function listPulls(call: RestCall): RestReply {
  const { state, query } = call;
  const wanted = query['state'] ?? 'open';
  const all = [...state.pulls.values()]
    .filter((pull) => wanted === 'all' || pull.state === wanted)
    .filter((pull) => query['base'] === undefined || pull.base.ref === query['base'])
    .filter((pull) => query['head'] === undefined || headLabel(pull) === query['head'].toLowerCase())
    .sort((left, right) => right.number - left.number);
  return page(
    call,
    `${repositoryPath(state)}/pulls`,
    all.map((pull) => pullSummaryJson(state, pull)),
  );
}

/** `owner:branch`; owners are compared without regard to case. */
function headLabel(pull: PullRecord): string {
  return `${pull.head.repository?.split('/')[0]}:${pull.head.ref}`.toLowerCase();
}

function readPull({ state, params }: RestCall): RestReply {
  const pull = state.pulls.get(Number(params['pull_number']));
  return pull === undefined ? notFound() : { status: 200, body: pullJson(state, pull) };
}

function listReviews(call: RestCall): RestReply {
  const { state, params } = call;
  const number = Number(params['pull_number']);
  if (!state.pulls.has(number)) return notFound();
  const all = [...state.reviews.values()].filter(({ pull }) => pull === number);
  return page(
    call,
    `${repositoryPath(state)}/pulls/${number}/reviews`,
    all.map((each) => reviewJson(state, each)),
  );
}

function reviewJson(state: GitHubState, review: ReviewRecord): unknown {
  const html_url = `${state.web}/${state.owner}/${state.name}/pull/${review.pull}#pullrequestreview-${review.id}`;
  const pull_request_url = `${state.url}${repositoryPath(state)}/pulls/${review.pull}`;
  return {
    id: review.id,
    node_id: `PRR_${review.id}`,
    user: userJson(state, review.login),
    body: review.body,
    state: review.state,
    commit_id: review.commit,
    html_url,
    pull_request_url,
    _links: { html: { href: html_url }, pull_request: { href: pull_request_url } },
    author_association: 'COLLABORATOR',
    submitted_at: review.submittedAt,
  };
}

/** Merged ones that brought a commit to the default branch; open ones too for commits that are not there. */
function pullsOfCommit(call: RestCall): RestReply {
  const { state, params } = call;
  const sha = params['commit_sha'] ?? '';
  if (state.git.get(sha, 'commit') === undefined) return refuse(422, `No commit found for SHA: ${sha}`);
  const main = state.git.refs.get(`refs/heads/${state.defaultBranch}`) ?? '';
  const isThere = state.git.history(main).includes(sha);
  const all = [...state.pulls.values()]
    .filter((pull) => pull.mergedAt !== undefined || (pull.state === 'open' && !isThere))
    .filter((pull) => brought(state, pull, sha));
  return page(
    call,
    `${repositoryPath(state)}/commits/${sha}/pulls`,
    all.map((pull) => pullSummaryJson(state, pull)),
  );
}

function brought(state: GitHubState, pull: PullRecord, sha: string): boolean {
  if (pull.mergeCommit === sha) return true;
  const before = state.git.history(pull.base.sha);
  return state.git.history(pull.head.sha).some((each) => each === sha && !before.includes(each));
}
