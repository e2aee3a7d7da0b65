import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpProber } from '../../src/adapters/probe/http-prober.ts';
import { digestOf } from '../../src/core/digest.ts';
import type { Probe } from '../../src/core/probe.ts';
import type { Release } from '../../src/core/release.ts';

const release: Release = {
  schema: 1,
  model: 'bank',
  version: '1.8.0',
  image: 'ghcr.io/acme/bank',
  digest: digestOf('image'),
  carries: 'layers',
  registeredAt: '2026-11-20T12:00:00Z',
  registeredBy: 'alice',
  evidence: [],
  golden: { request: { age: 40 }, answer: 0.25 },
};

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address where nothing listens any more. */
async function nowhere(): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

/** A prober whose waits end at once; `pauses` are their milliseconds. */
function prober(requestMs = 5000) {
  const pauses: number[] = [];
  const timer = {
    now: () => new Date('2026-11-20T12:00:00Z'),
    sleep: async (milliseconds: number) => void pauses.push(milliseconds),
  };
  return { ...createHttpProber({ timer, requestMs }), pauses };
}

const probe = (url: string, changes: Partial<Probe> = {}): Probe => ({
  method: 'GET',
  url,
  status: 200,
  withinMs: 2000,
  ...changes,
});

const json = (response: ServerResponse, value: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString());
}

describe('a probe', () => {
  it('is good when the answer is as expected, at the first question', async () => {
    const url = await serve((_, response) => json(response, { model: { version: '1.8.0' } }));
    const { pauses, ...ask } = prober();
    const expectation = { path: 'model.version', is: 'version' } as const;
    const result = await ask.probe(probe(`${url}/model?key=secret`, { json: expectation }), release);
    expect(result).toMatchObject({ outcome: 'good', message: 'Answered 200, as expected.' });
    expect(result.name).toBe(`GET ${url.slice('http://'.length)}/model`);
    expect(pauses).toEqual([]);
  });

  it('sends its own body, or the golden request', async () => {
    const seen: unknown[] = [];
    const url = await serve(async (request, response) => {
      const body = (await bodyOf(request)) as { age: unknown };
      seen.push([request.method, request.headers['content-type'], body]);
      if (typeof body.age === 'number') json(response, { score: 0.2501 });
      else json(response, { detail: 'age is no number' }, 422);
    });
    const { probe: ask } = prober();
    const bad = probe(url, { name: 'bad input', method: 'POST', body: { age: 'old' }, status: 422 });
    const golden = probe(url, { method: 'POST', golden: { path: 'score', tolerance: 0.001 } });
    expect(await ask(bad, release)).toMatchObject({ name: 'bad input', outcome: 'good' });
    expect(await ask(golden, release)).toMatchObject({ outcome: 'good' });
    expect(seen).toEqual([
      ['POST', 'application/json', { age: 'old' }],
      ['POST', 'application/json', { age: 40 }],
    ]);
  });

  it('is asked again until it is good', async () => {
    let asked = 0;
    const url = await serve((request, response) => {
      asked += 1;
      if (asked === 1) request.socket.destroy();
      else json(response, {}, asked < 4 ? 503 : 200);
    });
    const { pauses, ...ask } = prober();
    expect(await ask.probe(probe(url, { withinMs: 60_000 }), release)).toMatchObject({ outcome: 'good' });
    expect([asked, pauses]).toEqual([4, [250, 500, 1000]]);
  });

  it('is bad when the time is over, and tells the last answer', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      json(response, {}, 500);
    });
    const { pauses, ...ask } = prober();
    const result = await ask.probe(probe(url, { withinMs: 10_000 }), release);
    expect(result).toMatchObject({ outcome: 'bad', message: 'Expected status 200, saw 500.' });
    expect(result.elapsedMs).toBeGreaterThanOrEqual(9_900);
    expect(asked).toBe(pauses.length + 1);
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(10_000);
  });

  it.each<[string, RequestListener, string, string]>([
    ['hangs', () => undefined, 'silent', 'Saw no answer within 0.1 s.'],
    [
      'hangs in the middle',
      (_, response) => void response.writeHead(200).write('{'),
      'silent',
      'Saw no answer within 0.1 s.',
    ],
    [
      'cuts the connection',
      (request) => request.socket.destroy(),
      'silent',
      'No answer: the connection was cut (ECONNRESET).',
    ],
    [
      'cuts its answer',
      (request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{}', () => request.socket.destroy());
      },
      'bad',
      'Expected a whole answer, but the answer broke off after 2 bytes.',
    ],
    [
      'says too much',
      (_, response) => response.end(Buffer.alloc(2 ** 20 + 1)),
      'bad',
      'Expected at most 1048576 bytes, saw more than 1048576 bytes.',
    ],
    [
      'answers HTML',
      (_, response) => response.end('<html>'),
      'bad',
      'Expected JSON, saw an HTML or XML page.',
    ],
    [
      'answers NaN',
      (_, response) => response.end('{"version": NaN}'),
      'bad',
      'Expected JSON, saw something else: the answer:1:13: "NaN" at version, which is not JSON. Write a finite number.',
    ],
    [
      'leads elsewhere',
      (_, response) => response.writeHead(302, { location: 'https://login.example/?token=x' }).end(),
      'bad',
      'Expected an answer, saw a redirect (302) to "https://login.example": another origin, not followed.',
    ],
    [
      'leads nowhere',
      (_, response) => response.writeHead(302, { location: 'http://[' }).end(),
      'bad',
      'Expected an answer, saw a redirect (302) to an unreadable address.',
    ],
    [
      'leads in circles',
      (_, response) => response.writeHead(302, { location: '/' }).end(),
      'bad',
      'Expected an answer, saw more than 5 redirects.',
    ],
  ])('of a server that %s', async (...[, answer, outcome, message]) => {
    const { probe: ask } = prober();
    const withinMs = message.includes('0.1 s') ? 100 : 2000;
    const asked = probe(await serve(answer), { json: { path: 'version', is: 'version' }, withinMs });
    expect(await ask(asked, release)).toMatchObject({ outcome, message });
  });

  it('follows redirects within the origin, but none that is expected itself', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/ready') response.end('ok');
      else response.writeHead(request.url === '/posted' ? 303 : 307, { location: '/ready' }).end();
    });
    const { probe: ask } = prober();
    expect(await ask(probe(url), release)).toMatchObject({ outcome: 'good' });
    expect(await ask(probe(url, { status: 307 }), release)).toMatchObject({ outcome: 'good' });
    expect(await ask(probe(url, { method: 'POST', body: {} }), release)).toMatchObject({ outcome: 'good' });
    const posted = await ask(probe(`${url}/posted`, { method: 'POST' }), release);
    expect(posted.message).toBe(
      'Expected an answer to a POST, saw a redirect (303) that would make it a GET.',
    );
  });

  it('is silent where nothing listens', async () => {
    const { probe: ask } = prober();
    expect(await ask(probe(await nowhere()), release)).toMatchObject({
      outcome: 'silent',
      message: 'No answer: nothing listens there (ECONNREFUSED).',
    });
  });

  it.each<[string, Partial<Probe>, string]>([
    ['an address of another kind', { url: 'file:///etc/passwd' }, 'no http(s) address'],
    ['a password', { url: 'http://user:secret@127.0.0.1/' }, 'no http(s) address'],
    ['no address', { url: 'bank' }, 'no http(s) address'],
    ['a property that the release lacks', { json: { path: 'sha', is: 'sha' } }, 'The release holds no sha'],
  ])('with %s is bad at once', async (_, changes, message) => {
    const { pauses, ...ask } = prober();
    const result = await ask.probe(probe('http://127.0.0.1:9/', changes), release);
    expect(result.outcome).toBe('bad');
    expect(result.message).toContain(message);
    expect(JSON.stringify(result)).not.toContain('secret');
    expect(pauses).toEqual([]);
  });

  it('never rejects, not even where waiting fails', async () => {
    const sleep = async () => Promise.reject(new Error('no timer'));
    const ask = createHttpProber({ timer: { now: () => new Date(0), sleep } });
    expect(await ask.probe(probe(await nowhere()), release)).toMatchObject({ outcome: 'silent' });
  });
});

describe('answers', () => {
  it.each<[string, RequestListener, boolean]>([
    ['an error', (_, response) => response.writeHead(500).end(), true],
    [
      'a redirect elsewhere',
      (_, response) => response.writeHead(301, { location: 'http://x.example' }).end(),
      true,
    ],
    ['a cut connection', (request) => request.socket.destroy(), false],
    ['nothing in time', () => undefined, false],
  ])('%s: %s', async (_, answer, expected) => {
    expect(await prober(200).answers(await serve(answer))).toBe(expected);
  });

  it('nobody, and no address: false', async () => {
    expect(await prober().answers(await nowhere())).toBe(false);
    expect(await prober().answers('not an address')).toBe(false);
    expect(await prober().answers('ftp://127.0.0.1/')).toBe(false);
  });
});
