import { Octokit } from '@octokit/rest';
import { onTestFinished } from 'vitest';
import type { TokenPermissions } from '../../support/github/records.ts';
import type { GitHub, StartOptions } from '../../support/github/start-github.ts';
import { startGitHub } from '../../support/github/start-github.ts';

/** The repository of the tests of the fake. */
export const HERE = { owner: 'acme', repo: 'models' };

/** The login of a workflow's token. */
export const BOT = 'github-actions[bot]';

/** A GitHub for one test. */
export async function openFake(options: Partial<StartOptions> = {}): Promise<GitHub> {
  const github = await startGitHub({ repository: 'acme/models', ...options });
  onTestFinished(() => github.close());
  return github;
}

/** The official client with a token of this login, and no log. */
export function clientOf(github: GitHub, login = BOT, permissions?: TokenPermissions): Octokit {
  const auth = github.token({ login, ...(permissions === undefined ? {} : { permissions }) });
  const silent = () => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  return new Octokit({ auth, baseUrl: github.url, log });
}

/** The answer to a request of any kind, with no client in between. */
export function ask(
  github: GitHub,
  path: string,
  { token, ...init }: RequestInit & { token?: string } = {},
): Promise<Response> {
  const authorization = `Bearer ${token ?? github.token({ login: BOT })}`;
  const headers = { authorization, 'content-type': 'application/json', ...init.headers };
  return fetch(`${github.url}${path}`, { redirect: 'manual', ...init, headers });
}
