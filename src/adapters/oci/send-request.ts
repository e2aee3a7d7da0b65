import type { ClientRequest, IncomingMessage } from 'node:http';
import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { ExchangeLimits, HttpAnswer, HttpRequest, Send } from './http-exchange.ts';
import { TransportFailure } from './http-exchange.ts';

const MOST_SOCKETS = 8;
const MOST_EXPLANATION_BYTES = 2 ** 20;

/**
 * A sender of its own connections, which are kept open and used again; idle ones never keep the process alive. Node's `http` and
 * not its `fetch`, as only the former streams a body with a Content-Length and tells that a body was cut.
 */
export function createSend(): Send {
  const agents = {
    'http:': new HttpAgent({ keepAlive: true, maxSockets: MOST_SOCKETS }),
    'https:': new HttpsAgent({ keepAlive: true, maxSockets: MOST_SOCKETS }),
  };
  return async (request, limits) => {
    const start = performance.now();
    try {
      return await exchange(request, limits, agents);
    } catch (error) {
      // The server closed a kept connection just as it was used again: the request was not read.
      if (!(error instanceof StaleConnection) || streams(request)) throw error;
      const left = Math.max(1, limits.timeoutMs - (performance.now() - start));
      return exchange(request, { ...limits, timeoutMs: left }, agents);
    }
  };
}

class StaleConnection extends TransportFailure {}

function streams(request: HttpRequest): boolean {
  return request.body !== undefined && 'write' in request.body;
}

interface Agents {
  'http:': HttpAgent;
  'https:': HttpsAgent;
}

function exchange(request: HttpRequest, limits: ExchangeLimits, agents: Agents): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { url, method } = request;
    const headers = { ...request.headers, ...lengthOf(request) };
    const call =
      url.protocol === 'https:'
        ? requestHttps(url, { method, headers, agent: agents['https:'] })
        : requestHttp(url, { method, headers, agent: agents['http:'] });
    const fail = (failure: unknown) => {
      clearTimeout(timer);
      call.destroy();
      reject(failure);
    };
    const timer = setTimeout(() => fail(timedOut(limits.timeoutMs)), limits.timeoutMs);
    call.setTimeout(limits.idleMs ?? limits.timeoutMs, () =>
      fail(timedOut(limits.idleMs ?? limits.timeoutMs)),
    );
    call.on('error', (error) => fail(connectionFailure(call, error)));
    call.on('response', (message) => {
      collect(message, mostBytes(message, limits)).then((body) => {
        clearTimeout(timer);
        // An answer before the end of the body (a refusal) leaves the rest unsent.
        if (!call.writableFinished) call.destroy();
        resolve({ url, status: message.statusCode ?? 0, headers: message.headers, body });
      }, fail);
    });
    writeBody(call, request).catch(fail);
  });
}

function lengthOf({ body, method }: HttpRequest): Record<string, string> {
  if (body === undefined) return method === 'POST' || method === 'PUT' ? { 'content-length': '0' } : {};
  return { 'content-length': String('bytes' in body ? body.bytes.length : body.size) };
}

async function writeBody(call: ClientRequest, { body }: HttpRequest): Promise<void> {
  if (body === undefined) call.end();
  else if ('bytes' in body) call.end(body.bytes);
  else {
    await body.write(call);
    call.end();
  }
}

async function collect(message: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of message) {
      size += (chunk as Buffer).length;
      if (size > maxBytes) throw new TransportFailure('too-large', `more than ${maxBytes} bytes`);
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof TransportFailure) throw error;
    throw new TransportFailure('truncated', `the answer broke off after ${size} bytes`);
  }
  if (!message.complete) throw new TransportFailure('truncated', `the answer broke off after ${size} bytes`);
  return Buffer.concat(chunks);
}

/** The limit is for what was asked for; an explanation of a refusal has its own. */
function mostBytes(message: IncomingMessage, limits: ExchangeLimits): number {
  return message.statusCode === 200 ? limits.maxBytes : MOST_EXPLANATION_BYTES;
}

function timedOut(milliseconds: number): TransportFailure {
  return new TransportFailure('timeout', `no answer within ${(milliseconds / 1000).toFixed(1)} s`);
}

function connectionFailure(call: ClientRequest, error: Error): unknown {
  if (error instanceof TransportFailure) return error;
  const code = 'code' in error ? String(error.code) : undefined;
  const stale = call.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE');
  return new (stale ? StaleConnection : TransportFailure)('connection', code ?? 'unknown', code);
}
