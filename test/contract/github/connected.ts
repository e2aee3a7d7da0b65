import { onTestFinished } from 'vitest';
import { createGitHubClient } from '../../../src/adapters/github/client/create-github-client.ts';
import type { Timer } from '../../../src/core/ports.ts';
import { startGitHub } from '../../support/github/start-github.ts';

export const BOT = 'github-actions[bot]';

/** All that a bot's workflow may do. */
export const PERMISSIONS = {
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  deployments: 'write',
  actions: 'write',
  checks: 'write',
} as const;

/**
 * A GitHub with one repository, and a client for it by a workflow's token. Nothing is really waited for: the timer moves GitHub's clock on,
 * and `onSleep` plays what happens meanwhile. Ends with the test, which fails where a request was not as GitHub's descriptions say.
 */
export async function connected({
  permissions = PERMISSIONS as object,
  login = BOT,
  onSleep = () => {},
} = {}) {
  const github = await startGitHub({
    repository: 'acme/models',
    now: new Date('2026-06-01T12:00:00Z'),
  });
  onTestFinished(async () => {
    await github.close();
    if (github.problems.length > 0) throw new Error(github.problems.join('\n'));
  });
  const hooks = { onSleep: onSleep as (ms: number) => void };
  const sleeps: number[] = [];
  const timer: Timer = {
    now: () => github.clock.now(),
    sleep: async (ms) => {
      sleeps.push(ms);
      github.clock.advance(ms);
      hooks.onSleep(ms);
    },
  };
  const token = github.token({ login, permissions });
  const client = createGitHubClient({
    token,
    apiUrl: github.url,
    repository: 'acme/models',
    timer,
    userAgent: 'known-good/test',
    timeoutMs: 2_000,
  });
  return { github, client, timer, sleeps, hooks };
}
