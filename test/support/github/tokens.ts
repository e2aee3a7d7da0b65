import { randomUUID } from 'node:crypto';
import type { GitHubState } from './github-state.ts';
import { know } from './know.ts';
import type { TokenPermissions, TokenRecord } from './records.ts';

/** All that a workflow can grant. */
const EVERYTHING: TokenPermissions = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  deployments: 'write',
  issues: 'write',
  packages: 'write',
  pull_requests: 'write',
  statuses: 'write',
};

/** Gives a login a token: `…[bot]` one of an installation, others one of their own. */
export function addToken(
  state: GitHubState,
  { login, permissions }: { login: string; permissions?: TokenPermissions },
): string {
  know(state, login);
  const kind = login.endsWith('[bot]') ? 'installation' : 'person';
  const token = `${kind === 'installation' ? 'ghs' : 'ghp'}_${randomUUID().replaceAll('-', '')}`;
  const record: TokenRecord = { login, kind, permissions: permissions ?? usualPermissions(state, login) };
  state.tokens.set(token, record);
  return token;
}

function usualPermissions(state: GitHubState, login: string): TokenPermissions {
  if (login.endsWith('[bot]')) return EVERYTHING;
  return state.users.get(login)?.role === 'admin' ? { ...EVERYTHING, administration: 'write' } : EVERYTHING;
}
