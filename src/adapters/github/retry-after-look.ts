import { GitHubError } from './client/github-error.ts';

/**
 * A write that may be done twice only where the first one was not: after a lost reply it looks whether the thing is there, and writes once
 * more where it is not. Without `look` a lost reply is the error that it is.
 */
export async function retryAfterLook<T>(
  write: () => Promise<T>,
  look: (() => Promise<T | undefined>) | undefined,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof GitHubError && error.mayHaveHappened) || look === undefined) throw error;
    return (await look()) ?? write();
  }
}
