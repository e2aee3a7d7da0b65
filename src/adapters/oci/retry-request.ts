import type { Timer } from '../../core/ports.ts';
import type { HttpAnswer, HttpRequest, Send } from './http-exchange.ts';
import { TransportFailure } from './http-exchange.ts';
import { retryAfter } from './retry-after.ts';

const MOST_RETRIES = 3;
const FIRST_PAUSE_MS = 250;
/** Longest single wait that a server may ask for. */
const LONGEST_PAUSE_MS = 30_000;

/**
 * A sender that tries again, at most three times and within `timeoutMs` in all: GET and HEAD after a cut or refused connection and after
 * 500, 502, 503, 504; these and PUT of bytes after 429, which says that nothing was done. Waits as `Retry-After` says (at most 30 s; an
 * answer that asks for more is final), else 250, 500, 1000 ms.
 */
export function retryRequests(send: Send, timer: Timer): Send {
  return async (request, limits) => {
    const until = performance.now() + limits.timeoutMs;
    for (let tries = 0; ; tries++) {
      const left = until - performance.now();
      if (left <= 0) throw new TransportFailure('timeout', 'no answer in time');
      const outcome = await attempt(() => send(request, { ...limits, timeoutMs: left }));
      const pause =
        tries < MOST_RETRIES
          ? pauseAfter(request, outcome, { tries, now: timer.now().getTime() })
          : undefined;
      if (pause === undefined || performance.now() + pause >= until) {
        if (outcome instanceof Error) throw outcome;
        return outcome;
      }
      await timer.sleep(pause);
    }
  };
}

async function attempt(send: () => Promise<HttpAnswer>): Promise<HttpAnswer | TransportFailure> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof TransportFailure) return error;
    throw error;
  }
}

/** Milliseconds to wait before another try; `undefined` when the outcome is final. */
function pauseAfter(
  request: HttpRequest,
  outcome: HttpAnswer | TransportFailure,
  { tries, now }: { tries: number; now: number },
): number | undefined {
  const usual = FIRST_PAUSE_MS * 2 ** tries;
  const reads = request.method === 'GET' || request.method === 'HEAD';
  if (outcome instanceof TransportFailure) return reads && mayPass(outcome) ? usual : undefined;
  const putsBytes = request.method === 'PUT' && request.body !== undefined && 'bytes' in request.body;
  const again =
    outcome.status === 429 ? reads || putsBytes : reads && [500, 502, 503, 504].includes(outcome.status);
  if (!again) return undefined;
  const asked = retryAfter(outcome.headers, now) ?? usual;
  return asked <= LONGEST_PAUSE_MS ? asked : undefined;
}

function mayPass({ kind, code }: TransportFailure): boolean {
  return (
    kind === 'truncated' ||
    (kind === 'connection' &&
      ['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code ?? ''))
  );
}
