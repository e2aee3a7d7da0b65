import { TransportFailure } from '../../oci/http-exchange.ts';

/** A whole answer, not yet understood. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** What one exchange may take, and where it may lead. */
export interface ExchangeLimits {
  /** Milliseconds for the whole exchange, the body and redirects included. */
  timeoutMs: number;
  maxBytes: number;
  /** A redirect to another host is followed, without the token; else it is refused. */
  elsewhere: boolean;
}

/** A request as `fetch` takes it, its body a text. */
export interface RawRequest {
  method: string;
  headers: Readonly<Record<string, string>>;
  body?: string | undefined;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/**
 * Sends one request with Node's fetch and reads the whole answer, or rejects with `TransportFailure`. Redirects are followed as long as
 * method and body stay what they are; Authorization never goes to another host, and from TLS nothing goes to a host without it.
 */
export async function exchange(url: URL, request: RawRequest, limits: ExchangeLimits): Promise<RawAnswer> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), limits.timeoutMs);
  try {
    return await follow(url, { ...request, signal: stop.signal }, limits);
  } catch (error) {
    if (stop.signal.aborted)
      throw new TransportFailure('timeout', `no answer within ${(limits.timeoutMs / 1000).toFixed(1)} s`);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

type Sent = RawRequest & { signal: AbortSignal };

async function follow(url: URL, request: Sent, limits: ExchangeLimits): Promise<RawAnswer> {
  let [at, headers] = [url, request.headers];
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const response = await send(at, { ...request, headers });
    if (!REDIRECTS.includes(response.status)) return read(response, limits);
    await response.body?.cancel();
    const next = target(at, response, request.method);
    if (next.origin !== at.origin) headers = leaving(next, { from: at, headers, limits });
    at = next;
  }
  throw new TransportFailure('redirect', `it sent us on more than ${MOST_REDIRECTS} times`);
}

async function send(url: URL, { method, headers, body, signal }: Sent): Promise<Response> {
  const init = { method, headers, signal, redirect: 'manual' as const };
  try {
    return await fetch(url.href, body === undefined ? init : { ...init, body });
  } catch (error) {
    const code = codeOf(error);
    throw new TransportFailure('connection', code ?? 'the connection failed', code);
  }
}

/** The first code of the operating system or of Node in an error and its causes. */
function codeOf(error: unknown): string | undefined {
  for (let next = error; next instanceof Error; next = next.cause)
    if ('code' in next && typeof next.code === 'string') return next.code;
  return undefined;
}

function target(from: URL, response: Response, method: string): URL {
  const location = response.headers.get('location') ?? '';
  const keepsMethod = method === 'GET' || response.status === 307 || response.status === 308;
  if (!keepsMethod || location === '' || !URL.canParse(location, from.href))
    throw new TransportFailure('redirect', `it answered ${response.status}, which leads nowhere`);
  return new URL(location, from);
}

function leaving(
  to: URL,
  { from, headers, limits }: { from: URL; headers: RawRequest['headers']; limits: ExchangeLimits },
): RawRequest['headers'] {
  const safe = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:');
  if (!limits.elsewhere || !safe)
    throw new TransportFailure('redirect', 'it sent us to another host, which is not followed');
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'),
  );
}

async function read(response: Response, { maxBytes }: ExchangeLimits): Promise<RawAnswer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += (chunk as Uint8Array).length;
      if (size > maxBytes) throw new TransportFailure('too-large', `more than ${maxBytes} bytes`);
      chunks.push(chunk as Uint8Array);
    }
  } catch (error) {
    if (error instanceof TransportFailure) throw error;
    throw new TransportFailure('truncated', `the answer broke off after ${size} bytes`);
  }
  return { status: response.status, headers: response.headers, body: Buffer.concat(chunks) };
}
