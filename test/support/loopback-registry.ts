import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tick } from './tick.ts';

/** A request as the server saw it. */
export interface SeenRequest {
  method: string;
  /** Path and query. */
  path: string;
  authorization: string | undefined;
  accept: string | undefined;
  type: string | undefined;
  body: Buffer;
  /** Numbers of `tick`: when it came, and when its answer began to leave. */
  startedAt: number;
  endedAt: number | undefined;
}

/** Answers in place of the registry and returns `true`, or leaves the request to it. */
export type Quirk = (request: SeenRequest, response: ServerResponse) => boolean;

/** Who may do what. Bearer tokens come from `/token` of the same server. */
export type LoopbackAuth =
  | { kind: 'basic'; username: string; password: string }
  | {
      kind: 'bearer';
      /** Without: anybody gets a token to pull. */
      username?: string;
      password?: string;
      identityToken?: string;
      field?: 'token' | 'access_token';
      /** Another address of the token endpoint. */
      realm?: string;
      readOnly?: boolean;
    };

/** A small registry with the semantics of OCI distribution 1.1 on 127.0.0.1, which can be made to misbehave. */
export interface LoopbackRegistry {
  /** `127.0.0.1:PORT`. */
  host: string;
  requests: SeenRequest[];
  quirk: Quirk | undefined;
  auth: LoopbackAuth | undefined;
  /** Makes all tokens given so far invalid. */
  expireTokens(): void;
  /** Closes the connections that wait for another request. */
  dropConnections(): void;
  manifests: Map<string, { type: string; bytes: Buffer }>;
  tags: Map<string, string>;
  blobs: Map<string, Buffer>;
  close(): Promise<void>;
}

export async function startLoopbackRegistry(): Promise<LoopbackRegistry> {
  const tokens = new Map<string, string>();
  const server = createServer((message, response) => {
    const startedAt = tick();
    void readAll(message).then((read) => {
      const request = { ...read, startedAt, endedAt: undefined };
      response.once('prefinish', () => Object.assign(request, { endedAt: tick() }));
      registry.requests.push(request);
      if (registry.quirk?.(request, response) !== true) answer(registry, tokens, { request, response });
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const registry: LoopbackRegistry = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    quirk: undefined,
    auth: undefined,
    expireTokens: () => tokens.clear(),
    dropConnections: () => server.closeIdleConnections(),
    manifests: new Map(),
    tags: new Map(),
    blobs: new Map(),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return registry;
}

/** Ends a response with a JSON body. */
export function sendJson(response: ServerResponse, status: number, body: unknown): true {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  return true;
}

/** An error of OCI distribution 1.1, "Error Codes". */
export function sendError(
  response: ServerResponse,
  status: number,
  error: string | { code: string; message: string },
): true {
  return sendJson(response, status, {
    errors: [typeof error === 'string' ? { code: error, message: error.toLowerCase() } : error],
  });
}

async function readAll(message: IncomingMessage): Promise<Omit<SeenRequest, 'startedAt' | 'endedAt'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { authorization, accept, 'content-type': type } = message.headers;
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    authorization,
    accept,
    type,
    body: Buffer.concat(chunks),
  };
}

interface Exchange {
  request: SeenRequest;
  response: ServerResponse;
}

function answer(registry: LoopbackRegistry, tokens: Map<string, string>, exchange: Exchange): void {
  const { request, response } = exchange;
  const url = new URL(request.path, 'http://registry');
  if (url.pathname === '/token') return giveToken(registry, tokens, exchange);
  if (!isAuthorized(registry, tokens, exchange)) return;
  const match = /^\/v2\/(.+)\/(manifests|blobs)\/(.*)$/.exec(url.pathname);
  if (match === null) return void sendError(response, 404, 'NAME_UNKNOWN');
  const [, name = '', what, reference = ''] = match;
  if (what === 'manifests') return manifests(registry, exchange, { name, reference });
  if (reference.startsWith('uploads/')) return upload(registry, exchange, { name, url });
  const blob = registry.blobs.get(`${name}@${reference}`);
  if (blob === undefined) return void sendError(response, 404, 'BLOB_UNKNOWN');
  response.writeHead(200, { 'content-length': blob.length, 'docker-content-digest': reference });
  response.end(request.method === 'HEAD' ? undefined : blob);
}

function manifests(
  registry: LoopbackRegistry,
  { request, response }: Exchange,
  { name, reference }: { name: string; reference: string },
): void {
  if (request.method === 'PUT') return putManifest(registry, { request, response }, { name, reference });
  const digest = reference.includes(':') ? reference : registry.tags.get(`${name}:${reference}`);
  const found = registry.manifests.get(`${name}@${digest}`);
  const accepted = (request.accept ?? '').split(',').map((type) => type.trim());
  if (found === undefined || digest === undefined || !accepted.includes(found.type))
    return void sendError(response, 404, 'MANIFEST_UNKNOWN');
  response.writeHead(200, {
    'content-type': found.type,
    'content-length': found.bytes.length,
    'docker-content-digest': digest,
  });
  response.end(request.method === 'HEAD' ? undefined : found.bytes);
}

function putManifest(
  registry: LoopbackRegistry,
  { request, response }: Exchange,
  { name, reference }: { name: string; reference: string },
): void {
  const digest = digestOf(request.body);
  const json = JSON.parse(request.body.toString('utf8')) as {
    manifests?: { digest: string }[];
    config?: { digest: string };
    layers?: { digest: string }[];
  };
  if (reference.includes(':') && reference !== digest) return void sendError(response, 400, 'DIGEST_INVALID');
  const blobs = [...(json.config === undefined ? [] : [json.config]), ...(json.layers ?? [])];
  if (blobs.some((blob) => !registry.blobs.has(`${name}@${blob.digest}`)))
    return void sendError(response, 400, 'MANIFEST_BLOB_UNKNOWN');
  if (json.manifests?.some((child) => !registry.manifests.has(`${name}@${child.digest}`)))
    return void sendError(response, 400, 'MANIFEST_UNKNOWN');
  registry.manifests.set(`${name}@${digest}`, { type: request.type ?? '', bytes: request.body });
  if (!reference.includes(':')) registry.tags.set(`${name}:${reference}`, digest);
  response
    .writeHead(201, { location: `/v2/${name}/manifests/${digest}`, 'docker-content-digest': digest })
    .end();
}

function upload(
  registry: LoopbackRegistry,
  { request, response }: Exchange,
  { name, url }: { name: string; url: URL },
): void {
  if (request.method === 'POST') {
    const location = `/v2/${name}/blobs/uploads/${randomUUID()}?_state=signed`;
    return void response.writeHead(202, { location }).end();
  }
  const digest = digestOf(request.body);
  if (url.searchParams.get('digest') !== digest) return void sendError(response, 400, 'DIGEST_INVALID');
  registry.blobs.set(`${name}@${digest}`, request.body);
  response.writeHead(201, { 'docker-content-digest': digest }).end();
}

function giveToken(
  { auth }: LoopbackRegistry,
  tokens: Map<string, string>,
  { request, response }: Exchange,
): void {
  if (auth?.kind !== 'bearer') return void sendError(response, 404, 'UNSUPPORTED');
  const form = new URLSearchParams(
    request.method === 'POST' ? request.body.toString('utf8') : request.path.split('?')[1],
  );
  const known =
    request.method === 'POST'
      ? form.get('refresh_token') === auth.identityToken
      : request.authorization === basic(auth.username ?? '', auth.password ?? '');
  if (!known && (auth.username !== undefined || request.authorization !== undefined))
    return void sendError(response, 401, 'UNAUTHORIZED');
  const asked = form.get('scope') ?? '';
  const token = `token-${randomUUID()}`;
  tokens.set(token, known && auth.readOnly !== true ? asked : asked.replace(/:[^:]*$/, ':pull'));
  sendJson(response, 200, { [auth.field ?? 'token']: token });
}

function isAuthorized(
  registry: LoopbackRegistry,
  tokens: Map<string, string>,
  { request, response }: Exchange,
): boolean {
  const { auth, host } = registry;
  if (auth === undefined) return true;
  if (auth.kind === 'basic') {
    if (request.authorization === basic(auth.username, auth.password)) return true;
    response.setHeader('www-authenticate', 'Basic realm="a \\"quoted\\", realm"');
    return !sendError(response, 401, 'UNAUTHORIZED');
  }
  const name = /^\/v2\/(.+)\/(?:manifests|blobs)\//.exec(request.path)?.[1] ?? '';
  const action = request.method === 'GET' || request.method === 'HEAD' ? 'pull' : 'push';
  const scope = tokens.get((request.authorization ?? '').replace('Bearer ', '')) ?? '';
  if (
    scope.startsWith(`repository:${name}:`) &&
    scope.split(':').at(-1)?.split(',').includes(action) === true
  )
    return true;
  const realm = auth.realm ?? `http://${host}/token`;
  const wanted = `repository:${name}:${action === 'push' ? 'pull,push' : 'pull'}`;
  response.setHeader('www-authenticate', `Bearer realm="${realm}",service="loopback",scope="${wanted}"`);
  return !sendError(response, 401, 'UNAUTHORIZED');
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
