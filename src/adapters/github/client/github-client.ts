import type * as z from 'zod';

/** What is asked of the REST API. */
export interface RestRequest<T> {
  /** Completes "GitHub could not …", in plain words: it stands in error messages. */
  doing: string;
  /** For the places of the route, the query (GET) or the body. */
  params?: Readonly<Record<string, unknown>>;
  /** What the answer must be; `undefined` is what an answer without a body gives. */
  schema: z.ZodType<T>;
  /** A write that does no harm when it is done twice: it is tried again like a read. GET is one by itself. */
  repeatable?: boolean;
  headers?: Readonly<Record<string, string>>;
  /** Milliseconds for all tries and waits; 60,000 when absent, and never more. */
  patienceMs?: number;
}

/** What is asked of the GraphQL API. */
export interface GraphqlRequest<T> {
  doing: string;
  variables?: Readonly<Record<string, unknown>>;
  /** What `data` must be. */
  schema: z.ZodType<T>;
}

/** What is downloaded: bytes, also from another host that GitHub sends us to (without the token). */
export interface DownloadRequest {
  doing: string;
  params?: Readonly<Record<string, unknown>>;
  maxBytes: number;
  headers?: Readonly<Record<string, string>>;
}

/** A validated answer. Header names are lower case; `date` is the server's clock. */
export interface GitHubAnswer<T> {
  status: number;
  data: T;
  date: Date | undefined;
  headers: Readonly<Record<string, string | undefined>>;
}

/**
 * One repository on GitHub, by its token. Every method rejects with `GitHubError`. GET and GraphQL queries are tried again after network
 * errors, timeouts, 5xx and rate limits, for 60 seconds in all at the most; writes only where nothing can have happened.
 */
export interface GitHubClient {
  readonly owner: string;
  readonly repo: string;
  /** Milliseconds by which GitHub's clock is ahead of this machine's, as its last answer told; 0 before the first. */
  readonly aheadMs: number;
  /** `route` as the documentation writes it, `owner` and `repo` are filled in: `GET /repos/{owner}/{repo}/issues/comments/{comment_id}`. */
  rest<T>(route: string, request: RestRequest<T>): Promise<GitHubAnswer<T>>;
  /** A named operation, `query name(…) {…}` or `mutation name(…) {…}`. Any GraphQL error rejects. */
  graphql<T>(query: string, request: GraphqlRequest<T>): Promise<GitHubAnswer<T>>;
  download(route: string, request: DownloadRequest): Promise<GitHubAnswer<Uint8Array>>;
}
