import { callerOf, refusalOf } from './authorize-request.ts';
import type { GitHubState } from './github-state.ts';
import { answerGraphQL, parseGraphQL } from './graphql/answer-graphql.ts';
import { repositoryPath } from './rest/repository-path.ts';
import type { RateLimit } from './rate-limit.ts';
import { spend } from './rate-limit.ts';
import type { RestReply } from './rest/route.ts';
import { notFound, refuse } from './rest/route.ts';
import { findRoute } from './rest/routes.ts';
import type { TokenRecord } from './records.ts';
import type { SeenRequest } from './seen-request.ts';
import { requestProblems } from './validate-request.ts';

/** What the server needs to answer. */
export interface Desk {
  state: GitHubState;
  rate: RateLimit;
}

/** Answers a request; `encodedPath` is below the API's base, as it came. */
export async function answerRequest(
  desk: Desk,
  request: SeenRequest,
  encodedPath: string,
): Promise<RestReply> {
  const { state } = desk;
  const caller = callerOf(state, request.token);
  if ('status' in caller) return caller;
  const graphql = encodedPath === '/graphql';
  const { headers, refusal } = spend(state, desk.rate, graphql ? 'graphql' : 'core');
  const reply =
    refusal ??
    (graphql
      ? await answerGraphQL(state, caller, parseGraphQL(request.body))
      : answerRest(desk, { request, encodedPath, caller }));
  return { ...reply, headers: { ...headers, ...reply.headers } };
}

function answerRest(
  { state }: Desk,
  { request, encodedPath, caller }: { request: SeenRequest; encodedPath: string; caller: TokenRecord },
): RestReply {
  const found = findRoute(request.method, encodedPath);
  const problems = requestProblems(request, found);
  state.problems.push(...problems);
  if (found === undefined || (problems.length > 0 && state.strict)) return refuse(400, problems.join(' '));
  const { route, params } = found;
  if (params['owner'] !== undefined && !isOwn(state, params)) return notFound();
  const { query, body } = request;
  const call = { state, token: caller, params, query, body, accept: String(request.headers['accept'] ?? '') };
  return refusalOf(route, call) ?? route.answer(call);
}

function isOwn(state: GitHubState, params: Readonly<Record<string, string>>): boolean {
  const asked = repositoryPath({ owner: params['owner'] ?? '', name: params['repo'] ?? '' });
  return asked.toLowerCase() === repositoryPath(state).toLowerCase();
}
