import { KnownGoodError } from '../../../core/errors.ts';

/** What is known of a request that brought no answer one can use. */
export interface GitHubFailure {
  /** HTTP status; `undefined` without an answer. GraphQL errors mostly come with 200. */
  status?: number | undefined;
  /** It was a write, and it cannot be told whether it was done. */
  mayHaveHappened: boolean;
  /** Types of GraphQL errors, such as `STALE_DATA`; empty for REST. */
  kinds?: readonly string[];
  /** What GitHub said: one line, harmless and cut; empty where it said nothing. */
  said?: string;
  /** When a rate limit ends. */
  retryAt?: Date | undefined;
  cause?: unknown;
}

/** GitHub refused, did not answer, or answered with something else than was asked for. */
export class GitHubError extends KnownGoodError {
  readonly status: number | undefined;
  readonly mayHaveHappened: boolean;
  readonly kinds: readonly string[];
  readonly said: string;
  readonly retryAt: Date | undefined;

  constructor(message: string, failure: GitHubFailure) {
    super('unavailable', message, failure.cause === undefined ? {} : { cause: failure.cause });
    this.name = 'GitHubError';
    this.status = failure.status;
    this.mayHaveHappened = failure.mayHaveHappened;
    this.kinds = failure.kinds ?? [];
    this.said = failure.said ?? '';
    this.retryAt = failure.retryAt;
  }
}

/** What a request brings, or `undefined` where GitHub says that there is no such thing (404). */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GitHubError && error.status === 404) return undefined;
    throw error;
  }
}
