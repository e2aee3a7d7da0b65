import type { GitHubState } from '../github-state.ts';
import { ruleViolation } from '../rule-violation.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { notFound, reads, refuse, writes } from './route.ts';

const GIT = '/repos/{owner}/{repo}/git';

/** Refs of the Git data API. Creating one is create-if-absent; updating one is no compare-and-swap. */
export const refRoutes: readonly Route[] = [
  { operation: `POST ${GIT}/refs`, needs: writes('contents'), answer: createRef },
  { operation: `PATCH ${GIT}/refs/{ref}`, needs: writes('contents'), answer: updateRef },
  { operation: `GET ${GIT}/ref/{ref}`, needs: reads('contents'), answer: readRef },
];

function createRef({ state, token, body }: RestCall): RestReply {
  const { ref, sha } = body as { ref: string; sha: string };
  if (!/^refs\/(heads|tags)\/./.test(ref)) return refuse(422, 'Reference name must start with "refs/".');
  if (state.git.refs.has(ref)) return refuse(422, 'Reference already exists');
  if (state.git.get(sha, 'commit') === undefined) return refuse(422, 'Object does not exist');
  const violation = ruleViolation(state, { ref, login: token.login, creates: true });
  if (violation !== undefined) return refuse(422, violation.message);
  state.git.refs.set(ref, sha);
  return { status: 201, body: refJson(state, ref, sha) };
}

function updateRef({ state, token, params, body }: RestCall): RestReply {
  const { sha, force = false } = body as { sha: string; force?: boolean };
  const ref = `refs/${params['ref'] ?? ''}`;
  const before = state.git.refs.get(ref);
  if (before === undefined) return refuse(422, 'Reference does not exist');
  if (state.git.get(sha, 'commit') === undefined) return refuse(422, 'Object does not exist');
  if (!force && !state.git.history(sha).includes(before)) return refuse(422, 'Update is not a fast forward');
  const violation = ruleViolation(state, { ref, login: token.login, creates: false });
  if (violation !== undefined) return refuse(422, violation.message);
  state.git.refs.set(ref, sha);
  return { status: 200, body: refJson(state, ref, sha) };
}

function readRef({ state, params }: RestCall): RestReply {
  const ref = `refs/${params['ref'] ?? ''}`;
  const sha = state.git.refs.get(ref);
  return sha === undefined ? notFound() : { status: 200, body: refJson(state, ref, sha) };
}

function refJson(state: GitHubState, ref: string, sha: string): unknown {
  const api = `${state.url}${repositoryPath(state)}/git`;
  return {
    ref,
    node_id: `REF_${ref}`,
    url: `${api}/${ref}`,
    object: { type: 'commit', sha, url: `${api}/commits/${sha}` },
  };
}
