import type { HttpAnswer, HttpRequest, Send } from './http-exchange.ts';
import { TransportFailure } from './http-exchange.ts';
import { mayLeadTo } from './registry-origin.ts';

const MOST_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * A sender that follows the redirects of GET and HEAD. `authorization` goes only to the origin (scheme, host and port) that the caller
 * chose, and once dropped it stays dropped. A redirect from https to http, or from elsewhere into this machine, is refused.
 */
export function followRedirects(send: Send): Send {
  return async (request, limits) => {
    const until = performance.now() + limits.timeoutMs;
    let next = request;
    for (let hops = 0; hops <= MOST_REDIRECTS; hops++) {
      const timeoutMs = Math.max(1, until - performance.now());
      const answer = await send(next, { ...limits, timeoutMs });
      const target = targetOf(request, answer);
      if (target === undefined) return answer;
      next = { ...next, url: target, headers: headersFor(next, target) };
    }
    throw new TransportFailure('redirect', `more than ${MOST_REDIRECTS} redirects`);
  };
}

function targetOf(request: HttpRequest, answer: HttpAnswer): URL | undefined {
  const { location } = answer.headers;
  if (!REDIRECTS.has(answer.status) || location === undefined) return undefined;
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const target = URL.canParse(location, answer.url.href) ? new URL(location, answer.url) : undefined;
  if (target !== undefined && mayLeadTo(answer.url, target)) return target;
  const where = target === undefined ? 'an unreadable address' : `${target.protocol}//${target.host}`;
  throw new TransportFailure('redirect', `it redirects to ${where}, which is not safe to follow`);
}

function headersFor(request: HttpRequest, target: URL): Readonly<Record<string, string>> {
  if (request.url.origin === target.origin) return request.headers;
  const { authorization: _, ...others } = request.headers;
  return others;
}
