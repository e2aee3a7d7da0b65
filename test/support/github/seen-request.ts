/** A request as the server saw it. */
export interface SeenRequest {
  /** Its place among all requests, from 1. */
  ordinal: number;
  /** Its place among the requests of the same method and path or of the same GraphQL operation, from 1. */
  count: number;
  method: string;
  /** Below the API's base, decoded: `/repos/acme/models/issues/1`, `/graphql`. */
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON; `undefined` where there was none. */
  body: unknown;
  token: string | undefined;
  graphql:
    | { operationName: string | undefined; query: string; variables: Readonly<Record<string, unknown>> }
    | undefined;
  /** Sequence numbers that all requests share: of its arrival, and of the moment before its answer left. */
  startedAt: number;
  endedAt: number | undefined;
  /** `undefined`: no answer was given. */
  status: number | undefined;
}

/** The most requests of which each was sent after the one before was answered: what a caller waits for, one after another. */
export function sequentialDepth(requests: readonly Pick<SeenRequest, 'startedAt' | 'endedAt'>[]): number {
  const spans = requests
    .map(({ startedAt, endedAt }) => ({ startedAt, endedAt: endedAt ?? Number.POSITIVE_INFINITY }))
    .sort((left, right) => left.endedAt - right.endedAt);
  let depth = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const span of spans) {
    if (span.startedAt <= last) continue;
    depth += 1;
    last = span.endedAt;
  }
  return depth;
}
