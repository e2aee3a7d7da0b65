import type { IncomingMessage } from 'node:http';
import { tokenOf } from './authorize-request.ts';
import { parseGraphQL } from './graphql/answer-graphql.ts';
import type { SeenRequest } from './seen-request.ts';

/** Parts of a URL of the API. GitHub Enterprise keeps REST under `/api/v3` and GraphQL at `/api/graphql`. */
export function apiPath(url: string): { encoded: string; query: Record<string, string> } {
  const { pathname, searchParams } = new URL(url, 'http://github');
  const encoded = pathname.replace(/^\/api\/v3(?=\/|$)/, '').replace(/^\/api\/graphql$/, '/graphql');
  return { encoded, query: Object.fromEntries(searchParams) };
}

/** What is known of a request before its body came. */
export function beginRequest(
  message: IncomingMessage,
  at: { ordinal: number; startedAt: number },
): SeenRequest {
  const { encoded, query } = apiPath(message.url ?? '/');
  return {
    ...at,
    count: 0,
    method: message.method ?? '',
    path: decoded(encoded),
    query,
    headers: message.headers,
    body: undefined,
    token: tokenOf(message.headers.authorization),
    graphql: undefined,
    endedAt: undefined,
    status: undefined,
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Reads the body: JSON as what it says, anything else as text. */
export async function readBody(message: IncomingMessage, request: SeenRequest): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text === '') return;
  try {
    request.body = JSON.parse(text);
  } catch {
    request.body = text;
  }
  request.graphql = request.path === '/graphql' ? parseGraphQL(request.body) : undefined;
}

/** What counts as the same kind of request: GraphQL by operation, REST by method and path. */
export function kindOf({ method, path, graphql }: SeenRequest): string {
  return graphql === undefined ? `${method} ${path}` : `graphql ${graphql.operationName ?? graphql.query}`;
}
