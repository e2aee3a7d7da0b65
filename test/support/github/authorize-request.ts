import type { GitHubState } from './github-state.ts';
import type { TokenPermissions, TokenRecord } from './records.ts';
import type { RestCall, RestReply, Route } from './rest/route.ts';
import { refuse } from './rest/route.ts';

/** The token of an `Authorization` header: `Bearer` and `token` mean the same. */
export function tokenOf(authorization: string | undefined): string | undefined {
  return /^(?:bearer|token)\s+(\S+)$/i.exec(authorization ?? '')?.[1];
}

/** Who calls, or the answer to somebody whom GitHub does not know. */
export function callerOf(state: GitHubState, token: string | undefined): TokenRecord | RestReply {
  if (token === undefined) return refuse(401, 'Requires authentication');
  return state.tokens.get(token) ?? refuse(401, 'Bad credentials');
}

/** 403 where the token has none of the permissions that the route needs, naming them as GitHub does. */
export function refusalOf(route: Route, call: RestCall): RestReply | undefined {
  const needs = typeof route.needs === 'function' ? route.needs(call) : route.needs;
  if (needs.length === 0 || needs.some((need) => covers(call.token.permissions, need))) return undefined;
  const accepted = needs.map(written).join('; ');
  const integration = call.token.kind === 'installation';
  const what = integration
    ? 'Resource not accessible by integration'
    : 'Resource not accessible by personal access token';
  return { ...refuse(403, what), headers: { 'x-accepted-github-permissions': accepted } };
}

function covers(has: TokenPermissions, need: TokenPermissions): boolean {
  return Object.entries(need).every(([name, level]) => {
    const given = name === 'metadata' ? 'read' : has[name as keyof TokenPermissions];
    return given === 'write' || given === level;
  });
}

function written(need: TokenPermissions): string {
  return Object.entries(need)
    .map(([name, level]) => `${name}=${level}`)
    .join(',');
}
