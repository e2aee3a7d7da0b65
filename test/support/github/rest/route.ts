import type { GitHubState } from '../github-state.ts';
import type { PermissionName, TokenPermissions, TokenRecord } from '../records.ts';

/** One call of the REST API, after the fake knows who calls and what for. */
export interface RestCall {
  state: GitHubState;
  token: TokenRecord;
  /** Decoded path parameters, by the names of the description. */
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  body: unknown;
  /** Media types that the caller takes. */
  accept: string;
}

/** What is answered. A body that is a string is sent as it is. */
export interface RestReply {
  status: number;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** One operation of the REST API. */
export interface Route {
  /** Method and path template of the official description: `GET /repos/{owner}/{repo}`. */
  operation: string;
  /** What a token needs: any one of these. Empty: any token will do. */
  needs: readonly TokenPermissions[] | ((call: RestCall) => readonly TokenPermissions[]);
  answer(call: RestCall): RestReply;
}

/** An error of the REST API. */
export function refuse(status: number, message: string, errors?: readonly unknown[]): RestReply {
  const documentation_url = 'https://docs.github.com/rest';
  return {
    status,
    body: { message, ...(errors === undefined ? {} : { errors }), documentation_url, status: String(status) },
  };
}

/** What GitHub says of anything that is not there, or that the caller must not know of. */
export function notFound(): RestReply {
  return refuse(404, 'Not Found');
}

/** The named permissions, reading. */
export function reads(...names: PermissionName[]): readonly TokenPermissions[] {
  return names.map((name) => ({ [name]: 'read' as const }));
}

/** The named permissions, writing: any one of them is enough. */
export function writes(...names: PermissionName[]): readonly TokenPermissions[] {
  return names.map((name) => ({ [name]: 'write' as const }));
}

/** One page of a list, with the `link` header that says where the others are. */
export function page(call: RestCall, operation: string, all: readonly unknown[]): RestReply {
  const { items, headers } = pageOf(call, operation, all);
  return { status: 200, body: items, headers };
}

/** As `page`, for lists in an object: `{ total_count, NAME: […] }`. */
export function countedPage(
  call: RestCall,
  at: { path: string; name: string },
  all: readonly unknown[],
): RestReply {
  const { items, headers } = pageOf(call, at.path, all);
  return { status: 200, body: { total_count: all.length, [at.name]: items }, headers };
}

function pageOf(
  { state, query }: RestCall,
  path: string,
  all: readonly unknown[],
): { items: readonly unknown[]; headers: Record<string, string> } {
  const size = Math.min(100, Math.max(1, Number(query['per_page'] ?? 30)));
  const number = Math.max(1, Number(query['page'] ?? 1));
  const last = Math.max(1, Math.ceil(all.length / size));
  const to = (page: number, rel: string): string => {
    const search = new URLSearchParams({ ...query, page: String(page) });
    return `<${state.url}${path}?${search.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(number > 1 ? [to(number - 1, 'prev')] : []),
    ...(number < last ? [to(number + 1, 'next'), to(last, 'last')] : []),
  ];
  return {
    items: all.slice((number - 1) * size, number * size),
    headers: links.length === 0 ? {} : { link: links.join(', ') },
  };
}
