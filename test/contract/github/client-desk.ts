import { onTestFinished } from 'vitest';
import { createGitHubClient } from '../../../src/adapters/github/client/create-github-client.ts';
import type { GitHubClient } from '../../../src/adapters/github/client/github-client.ts';
import { GitHubError } from '../../../src/adapters/github/client/github-error.ts';
import type { TokenPermissions, UserRecord } from '../../support/github/records.ts';
import { startGitHub } from '../../support/github/start-github.ts';
import type { GitHub } from '../../support/github/start-github.ts';

export const NOW = new Date('2026-01-02T03:04:05Z');

/** A fake GitHub and clients of it whose waits end at once; they are written down in `pauses`, in milliseconds. */
export interface ClientDesk {
  github: GitHub;
  client: GitHubClient;
  pauses: number[];
  /** Another client, of a token with these permissions. */
  open(permissions?: TokenPermissions): GitHubClient;
}

/** Starts a GitHub for one test; at its end nothing may have been asked that the official descriptions do not know. */
export async function clientDesk(
  given: { files?: Record<string, string | Uint8Array>; users?: Record<string, UserRecord> } = {},
): Promise<ClientDesk> {
  const github = await startGitHub({ repository: 'acme/models', now: NOW, ...given });
  const pauses: number[] = [];
  onTestFinished(async () => {
    await github.close();
    if (github.problems.length > 0) throw new Error(github.problems.join('\n'));
  });
  const open = (permissions: TokenPermissions = { contents: 'write' }) =>
    openClient({
      apiUrl: github.url,
      token: github.token({ login: 'github-actions[bot]', permissions }),
      pauses,
    });
  return { github, client: open(), pauses, open };
}

/** A client of any server. */
export function openClient({
  apiUrl,
  token = 'ghs_aVerySecretToken',
  pauses = [],
  timeoutMs = 5000,
}: {
  apiUrl: string;
  token?: string;
  pauses?: number[];
  timeoutMs?: number;
}): GitHubClient {
  const timer = { now: () => NOW, sleep: async (ms: number) => void pauses.push(ms) };
  return createGitHubClient({
    token,
    apiUrl,
    repository: 'acme/models',
    timer,
    userAgent: 'known-good/0.0.0',
    timeoutMs,
  });
}

/** The error that a request to GitHub is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<GitHubError> {
  const error = await promise.then(
    () => new Error('nothing went wrong'),
    (reason: unknown) => reason,
  );
  if (error instanceof GitHubError) return error;
  throw error;
}
