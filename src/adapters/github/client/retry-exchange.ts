import type { Timer } from '../../../core/ports.ts';
import { TransportFailure } from '../../oci/http-exchange.ts';
import { retryAfter } from '../../oci/retry-after.ts';
import type { RawAnswer } from './exchange.ts';
import { errorsIn, isServerFault } from './graphql-errors.ts';
import { rateLimit } from './rate-limit.ts';

/** How a request is treated: done twice, does it do no harm; is its answer GraphQL; milliseconds of one try, and of all. */
export interface RetryRules {
  timer: Timer;
  repeatable: boolean;
  graphql: boolean;
  timeoutMs: number;
  /** 60,000 when absent, and never more. */
  patienceMs?: number | undefined;
}

/** What came of it in the end; `waitMs` where a rate limit asks for longer than we wait. */
export interface Outcome {
  answer: RawAnswer | TransportFailure;
  waitMs?: number | undefined;
}

const MOST_TRIES = 5;
const MOST_MS = 60_000;
const FIRST_PAUSE_MS = 500;

/** Errors of a connection that never came about: the request was not sent. */
const UNSENT = /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
/** Errors that asking again does not mend: a certificate, a protocol. */
const LASTING = /CERT|SIGN|ISSUER|ERR_TLS|ERR_SSL|EPROTO|ERR_INVALID/;

/**
 * Asks up to five times, within 60 seconds of trying and waiting. Waits 0.5, 1, 2, 4 s, or as a rate limit says; what asks for longer than is
 * left is final, with `waitMs`. Whatever is not `repeatable` is only asked again where nothing can have happened.
 */
export async function retryExchange(
  ask: (timeoutMs: number) => Promise<RawAnswer>,
  rules: RetryRules,
): Promise<Outcome> {
  const mostMs = Math.min(MOST_MS, rules.patienceMs ?? MOST_MS);
  let spentMs = 0;
  for (let tries = 0; ; tries++) {
    const start = performance.now();
    const answer = await attempt(() => ask(Math.min(rules.timeoutMs, mostMs - spentMs)));
    spentMs += performance.now() - start;
    const { waitMs, limited } = pauseAfter(answer, tries, rules);
    if (waitMs === undefined) return { answer };
    if (tries + 1 >= MOST_TRIES || spentMs + waitMs >= mostMs)
      return { answer, waitMs: limited ? waitMs : undefined };
    await rules.timer.sleep(waitMs);
    spentMs += waitMs;
  }
}

/** Whether a failed write was certainly never sent. */
export function neverSent(failure: TransportFailure): boolean {
  return (
    failure.kind === 'connection' && (UNSENT.test(failure.code ?? '') || LASTING.test(failure.code ?? ''))
  );
}

async function attempt(ask: () => Promise<RawAnswer>): Promise<RawAnswer | TransportFailure> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TransportFailure) return error;
    throw error;
  }
}

/** Milliseconds to wait before another try; `undefined` when the answer is final. */
function pauseAfter(
  answer: RawAnswer | TransportFailure,
  tries: number,
  { timer, repeatable, graphql }: RetryRules,
): { waitMs: number | undefined; limited: boolean } {
  const usual = FIRST_PAUSE_MS * 2 ** tries;
  if (answer instanceof TransportFailure) {
    const again = repeatable ? mayPass(answer) : UNSENT.test(answer.code ?? '');
    return { waitMs: again ? usual : undefined, limited: false };
  }
  const now = timer.now().getTime();
  const limitMs = rateLimit(answer, { now, tries, graphql });
  if (limitMs !== undefined) return { waitMs: limitMs, limited: true };
  if (!repeatable || !isTrouble(answer, graphql)) return { waitMs: undefined, limited: false };
  const asked = retryAfter({ 'retry-after': answer.headers.get('retry-after') ?? undefined }, now);
  return { waitMs: asked ?? usual, limited: false };
}

function mayPass({ kind, code }: TransportFailure): boolean {
  if (kind === 'connection') return !LASTING.test(code ?? '');
  return kind === 'timeout' || kind === 'truncated';
}

function isTrouble(answer: RawAnswer, graphql: boolean): boolean {
  if (answer.status >= 500) return answer.status !== 501;
  return graphql && answer.status === 200 && errorsIn(answer).some(isServerFault);
}
