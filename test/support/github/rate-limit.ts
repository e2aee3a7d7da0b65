import type { GitHubState } from './github-state.ts';
import type { RestReply } from './rest/route.ts';
import { refuse } from './rest/route.ts';

/** GitHub's budget of an hour, for REST (`core`) and GraphQL each. */
export interface RateLimit {
  /** Requests an hour: 1,000 a repository for GITHUB_TOKEN. Tests may lower it. */
  limit: number;
  used: { core: number; graphql: number };
  /** When the hour is over, in milliseconds since 1970. */
  resetAt: number;
}

const HOUR = 3_600_000;

export function createRateLimit(state: Pick<GitHubState, 'clock'>): RateLimit {
  return { limit: 1000, used: { core: 0, graphql: 0 }, resetAt: state.clock.now().getTime() + HOUR };
}

/** Counts a request. Beyond the budget it is refused: REST with 403, GraphQL with 200 and an error. */
export function spend(
  state: Pick<GitHubState, 'clock'>,
  rate: RateLimit,
  resource: 'core' | 'graphql',
): { headers: Record<string, string>; refusal: RestReply | undefined } {
  const now = state.clock.now().getTime();
  if (now >= rate.resetAt) Object.assign(rate, { used: { core: 0, graphql: 0 }, resetAt: now + HOUR });
  const refused = rate.used[resource] >= rate.limit;
  if (!refused) rate.used[resource] += 1;
  const headers = {
    'x-ratelimit-limit': String(rate.limit),
    'x-ratelimit-remaining': String(rate.limit - rate.used[resource]),
    'x-ratelimit-used': String(rate.used[resource]),
    'x-ratelimit-reset': String(Math.ceil(rate.resetAt / 1000)),
    'x-ratelimit-resource': resource,
  };
  return { headers, refusal: refused ? refusalOf(resource) : undefined };
}

function refusalOf(resource: 'core' | 'graphql'): RestReply {
  const message = 'API rate limit exceeded for installation ID 1.';
  if (resource === 'core') return refuse(403, message);
  return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] } };
}
