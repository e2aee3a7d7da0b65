import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import type { CommentRecord, TokenPermissions } from '../records.ts';
import { hasRole } from '../role.ts';
import { threadOf } from './issue-routes.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, page, reads, refuse } from './route.ts';
import { userJson } from './user-json.ts';

const ISSUES = '/repos/{owner}/{repo}/issues';

/** Characters of a comment. */
const LONGEST = 65_536;

/** Comments on issues and pull requests. */
export const commentRoutes: readonly Route[] = [
  {
    operation: `GET ${ISSUES}/{issue_number}/comments`,
    needs: reads('issues', 'pull_requests'),
    answer: listComments,
  },
  { operation: `POST ${ISSUES}/{issue_number}/comments`, needs: writesThread, answer: createComment },
  {
    operation: `GET ${ISSUES}/comments/{comment_id}`,
    needs: reads('issues', 'pull_requests'),
    answer: readComment,
  },
  { operation: `PATCH ${ISSUES}/comments/{comment_id}`, needs: writesThread, answer: updateComment },
];

/** Which permission it takes depends on the thread: `pull_requests` for one of a pull request, `issues` for others. */
export function writesThread({ state, params }: RestCall): readonly TokenPermissions[] {
  const comment = state.comments.get(Number(params['comment_id']));
  const thread = comment?.thread ?? Number(params['issue_number']);
  return [state.pulls.has(thread) ? { pull_requests: 'write' } : { issues: 'write' }];
}

function listComments(call: RestCall): RestReply {
  const { state, params, query } = call;
  const thread = Number(params['issue_number']);
  if (threadOf(state, thread) === undefined) return notFound();
  const since = Date.parse(query['since'] ?? '1970-01-01T00:00:00Z');
  const all = [...state.comments.values()]
    .filter((comment) => comment.thread === thread && Date.parse(comment.updatedAt) >= since)
    .sort((left, right) => left.id - right.id);
  const path = `${repositoryPath(state)}/issues/${thread}/comments`;
  return page(
    call,
    path,
    all.map((comment) => commentJson(state, comment)),
  );
}

function createComment({ state, token, params, body }: RestCall): RestReply {
  const thread = Number(params['issue_number']);
  if (threadOf(state, thread) === undefined) return notFound();
  const { body: text } = body as { body: string };
  const wrong = tooLong(text);
  if (wrong !== undefined) return wrong;
  const comment = addComment(state, { thread, login: token.login, body: text });
  return { status: 201, body: commentJson(state, comment) };
}

function tooLong(text: string): RestReply | undefined {
  const about = { resource: 'IssueComment', field: 'body' };
  if (text.trim() === '') return refuse(422, 'Validation Failed', [{ ...about, code: 'missing_field' }]);
  if ([...text].length <= LONGEST) return undefined;
  const message = `body is too long (maximum is ${LONGEST} characters)`;
  return refuse(422, 'Validation Failed', [{ ...about, code: 'custom', message }]);
}

/** Adds a comment of a login, as if it came now. */
export function addComment(
  state: GitHubState,
  { thread, login, body }: { thread: number; login: string; body: string },
): CommentRecord {
  const createdAt = stamp(state);
  const comment = { id: state.nextId(), thread, login, body, createdAt, updatedAt: createdAt };
  state.comments.set(comment.id, comment);
  return comment;
}

function readComment({ state, params }: RestCall): RestReply {
  const comment = state.comments.get(Number(params['comment_id']));
  return comment === undefined ? notFound() : { status: 200, body: commentJson(state, comment) };
}

/** Anybody who may write may edit anybody's comment; others only their own. */
function updateComment({ state, token, params, body }: RestCall): RestReply {
  const comment = state.comments.get(Number(params['comment_id']));
  if (comment === undefined) return notFound();
  const own = comment.login === token.login;
  if (!own && token.kind === 'person' && !hasRole(state, token.login, 'write'))
    return refuse(403, 'Must have admin rights to Repository.');
  const { body: text } = body as { body: string };
  const wrong = tooLong(text);
  if (wrong !== undefined) return wrong;
  comment.body = text;
  comment.updatedAt = stamp(state);
  return { status: 200, body: commentJson(state, comment) };
}

/** A comment as the API and the events show it. */
export function commentJson(state: GitHubState, comment: CommentRecord): CommentJson {
  const { id, thread } = comment;
  const url = `${state.url}${repositoryPath(state)}/issues/comments/${id}`;
  const page = `${state.web}/${state.owner}/${state.name}/${state.pulls.has(thread) ? 'pull' : 'issues'}/${thread}`;
  return {
    id,
    node_id: `IC_${id}`,
    url,
    html_url: `${page}#issuecomment-${id}`,
    issue_url: `${state.url}${repositoryPath(state)}/issues/${thread}`,
    user: userJson(state, comment.login),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: hasRole(state, comment.login, 'triage') ? 'COLLABORATOR' : 'NONE',
    performed_via_github_app: null,
  };
}

/** The fields of a comment that tests read; there are more. */
export interface CommentJson {
  id: number;
  body: string;
  html_url: string;
  issue_url: string;
  created_at: string;
  updated_at: string;
  user: Record<string, unknown>;
  [key: string]: unknown;
}
