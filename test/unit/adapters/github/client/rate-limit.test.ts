import { describe, expect, it } from 'vitest';
import { rateLimit } from '../../../../../src/adapters/github/client/rate-limit.ts';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const DATE = 'Fri, 02 Jan 2026 03:00:00 GMT';
const RESET = String(Date.parse('2026-01-02T03:00:40Z') / 1000);
const SECONDARY = { message: 'You have exceeded a secondary rate limit. Please wait a few minutes.' };
const LIMITED = { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] };

function waitMs(
  status: number,
  {
    headers = {},
    body = {},
    graphql = false,
    tries = 0,
  }: {
    headers?: Record<string, string>;
    body?: unknown;
    graphql?: boolean;
    tries?: number;
  },
): number | undefined {
  const answer = { status, headers: new Headers(headers), body: Buffer.from(JSON.stringify(body)) };
  return rateLimit(answer, { now: NOW, tries, graphql });
}

describe('rateLimit', () => {
  it.each([
    ['429 with seconds', 429, { headers: { 'retry-after': '7' } }, 7_000],
    ['403 with seconds', 403, { headers: { 'retry-after': '60' } }, 60_000],
    [
      '403 with nothing left, by the server clock',
      403,
      { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': RESET, date: DATE } },
      40_000,
    ],
    [
      'a reset that has passed',
      403,
      { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': RESET } },
      1_000,
    ],
    ['a secondary limit that says nothing', 403, { body: SECONDARY }, 15_000],
    ['the second of them', 403, { body: SECONDARY, tries: 1 }, 30_000],
    ['429 that says nothing', 429, {}, 15_000],
    ['GraphQL with 200', 200, { body: LIMITED, graphql: true }, 15_000],
    [
      'GraphQL with 200 and a reset',
      200,
      {
        body: LIMITED,
        graphql: true,
        headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': RESET, date: DATE },
      },
      40_000,
    ],
    ['a secondary limit of GraphQL', 200, { body: { errors: [SECONDARY] }, graphql: true }, 15_000],
  ] as const)('waits after %s', (...[, status, answer, expected]) => {
    expect(waitMs(status, answer)).toBe(expected);
  });

  it.each([
    ['a refusal', 403, { body: { message: 'Resource not accessible by integration' } }],
    [
      'a success that used up the last request',
      200,
      { headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': RESET } },
    ],
    ['a REST answer that holds such words', 200, { body: LIMITED }],
    [
      'another GraphQL error',
      200,
      { body: { errors: [{ type: 'NOT_FOUND', message: 'no' }] }, graphql: true },
    ],
    ['a server in trouble', 503, { headers: { 'retry-after': '5' } }],
    ['a page', 403, { body: '<html>' }],
  ] as const)('sees no limit in %s', (_, status, answer) => {
    expect(waitMs(status, answer)).toBeUndefined();
  });
});
