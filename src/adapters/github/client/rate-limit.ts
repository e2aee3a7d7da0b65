import { retryAfter } from '../../oci/retry-after.ts';
import type { RawAnswer } from './exchange.ts';
import { errorsIn } from './graphql-errors.ts';
import { messageIn } from './answer-message.ts';

/** GitHub asks for a minute where it says nothing; the first tries come sooner, as a rollback may be waiting. */
const UNSAID_MS = 15_000;

/**
 * How many milliseconds (≥ 0) a rate limit asks us to wait; `undefined` for an answer that is none. A limit is 429; 403 with `retry-after`,
 * with no requests remaining, or that names a secondary limit; a GraphQL error of type `RATE_LIMITED`, which comes with 200.
 * `tries`: how often it was asked before. Source: docs.github.com, "Rate limits for the REST API".
 */
export function rateLimit(
  answer: RawAnswer,
  { now, tries, graphql }: { now: number; tries: number; graphql: boolean },
): number | undefined {
  const { headers } = answer;
  const named = { 'retry-after': text(headers, 'retry-after'), date: text(headers, 'date') };
  const asked = retryAfter(named, now);
  const empty = headers.get('x-ratelimit-remaining')?.trim() === '0';
  if (!isLimit(answer, { asked, empty, graphql })) return undefined;
  if (asked !== undefined) return asked;
  const reset = Number(headers.get('x-ratelimit-reset') ?? '') * 1000;
  const date = Date.parse(named.date ?? '');
  if (empty && reset > 0) return Math.max(1000, reset - (Number.isNaN(date) ? now : date));
  return UNSAID_MS * 2 ** tries;
}

function isLimit(
  answer: RawAnswer,
  { asked, empty, graphql }: { asked: number | undefined; empty: boolean; graphql: boolean },
): boolean {
  if (answer.status === 429) return true;
  if (answer.status === 403) return asked !== undefined || empty || isSecondary(messageIn(answer));
  if (!graphql || answer.status !== 200) return false;
  return errorsIn(answer).some(({ type, message }) => type === 'RATE_LIMITED' || isSecondary(message));
}

function isSecondary(message: string): boolean {
  return /secondary rate limit|abuse detection/i.test(message);
}

function text(headers: Headers, name: string): string | undefined {
  return headers.get(name) ?? undefined;
}
