import type { SeenRequest } from './seen-request.ts';

/**
 * What goes wrong with a request.
 *
 * - a status: nothing happens but this answer
 * - `timeout`: nothing happens and no answer ever comes
 * - `reset`: nothing happens and the connection is cut
 * - `lost-reply`: it happens and the connection is cut before the answer
 */
export type Trouble =
  | { status: number; headers?: Readonly<Record<string, string>>; body?: unknown }
  | 'timeout'
  | 'reset'
  | 'lost-reply';

/** Decides about each request; may wait, which holds the request back before anything happens. */
export type Fault = (request: SeenRequest) => Trouble | undefined | Promise<Trouble | undefined>;

/** Answers that GitHub really gives when it is in trouble. */
export const TROUBLES = {
  secondaryLimit: {
    status: 403,
    headers: { 'retry-after': '60' },
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url:
        'https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
    },
  },
  tooMany: { status: 429, headers: { 'retry-after': '1' }, body: { message: 'Too many requests' } },
  badGateway: {
    status: 502,
    headers: { 'content-type': 'text/html' },
    body: '<html><title>Unicorn!</title></html>',
  },
  unavailable: { status: 503, body: { message: 'Service unavailable' } },
  /** GraphQL tells of its limit with HTTP 200. */
  graphqlLimit: {
    status: 200,
    body: { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for installation ID 1.' }] },
  },
  /** GraphQL tells of its own timeouts with HTTP 200 or 502. */
  graphqlTimeout: {
    status: 200,
    body: {
      data: null,
      errors: [
        { message: 'Something went wrong while executing your query. This may be the result of a timeout.' },
      ],
    },
  },
} as const satisfies Record<string, Trouble>;
