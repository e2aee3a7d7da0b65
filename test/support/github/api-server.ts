import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Desk } from './answer-request.ts';
import { answerRequest } from './answer-request.ts';
import type { Fault, Trouble } from './fault.ts';
import { apiPath, beginRequest, kindOf, readBody } from './receive-request.ts';
import type { RestReply } from './rest/route.ts';
import type { SeenRequest } from './seen-request.ts';
import { tick } from '../tick.ts';

/** What the server keeps beside GitHub's own state. */
export interface ServerBook {
  requests: SeenRequest[];
  faults: Set<Fault>;
}

/** Answers for paths that are no API of GitHub's: how other processes talk to the fake. */
export type BackDoor = (request: SeenRequest) => RestReply | undefined;

/** An HTTP server in front of a desk, which records requests and lets faults happen. */
export function createApiServer(desk: Desk, book: ServerBook, backDoor?: BackDoor): Server {
  return createServer((message, response) => {
    const request = beginRequest(message, { ordinal: book.requests.length + 1, startedAt: tick() });
    const exchange = { message, response, request };
    void handle(desk, book, { ...exchange, backDoor }).catch((cause: unknown) => {
      desk.state.problems.push(`The fake failed at ${request.method} ${request.path}: ${describe(cause)}`);
      response.destroy();
    });
  });
}

function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}

interface Exchange {
  message: IncomingMessage;
  response: ServerResponse;
  request: SeenRequest;
  backDoor: BackDoor | undefined;
}

async function handle(desk: Desk, book: ServerBook, exchange: Exchange): Promise<void> {
  const { message, response, request, backDoor } = exchange;
  if (request.path.startsWith('/_')) {
    await readBody(message, request);
    return send(desk, response, backDoor?.(request) ?? { status: 404 });
  }
  book.requests.push(request);
  await readBody(message, request);
  request.count = book.requests.filter((other) => kindOf(other) === kindOf(request)).length;
  const trouble = await troubleOf(book, request);
  if (trouble === 'timeout') return;
  if (trouble === 'reset') return void response.destroy();
  const { encoded } = apiPath(message.url ?? '/');
  const reply = typeof trouble === 'object' ? trouble : await answerRequest(desk, request, encoded);
  request.endedAt = tick();
  if (trouble === 'lost-reply') return void response.destroy();
  request.status = reply.status;
  send(desk, response, reply);
}

async function troubleOf(book: ServerBook, request: SeenRequest): Promise<Trouble | undefined> {
  for (const fault of book.faults) {
    const trouble = await fault(request);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

function send({ state }: Desk, response: ServerResponse, { status, body, headers }: RestReply): void {
  const json = typeof body !== 'string';
  const text = body === undefined ? '' : json ? JSON.stringify(body) : body;
  response.sendDate = false;
  response.writeHead(status, {
    date: state.clock.now().toUTCString(),
    'x-github-request-id': 'FAKE:0000:0000:0000:0000',
    ...(text === '' ? {} : { 'content-type': `${json ? 'application/json' : 'text/html'}; charset=utf-8` }),
    ...headers,
  });
  response.end(text);
}
