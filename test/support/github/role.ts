import type { GitHubState } from './github-state.ts';
import type { BaseRole } from './records.ts';
import { BASE_ROLES } from './records.ts';

/** The role of a login, custom ones as what they are built on. Of a public repository everybody is a reader. */
export function roleOf(state: Pick<GitHubState, 'users' | 'private'>, login: string): BaseRole {
  const user = state.users.get(login);
  const role = BASE_ROLES.find((base) => base === user?.role) ?? user?.base ?? 'none';
  return role === 'none' && !state.private && user?.type === 'User' ? 'read' : role;
}

/** Whether a login has at least this role. */
export function hasRole(
  state: Pick<GitHubState, 'users' | 'private'>,
  login: string,
  least: BaseRole,
): boolean {
  return BASE_ROLES.indexOf(roleOf(state, login)) >= BASE_ROLES.indexOf(least);
}
