import type { GitHubState } from './github-state.ts';

/** Makes somebody known; of a name that is new nothing is granted. */
export function know(state: Pick<GitHubState, 'users'>, login: string): void {
  if (state.users.has(login)) return;
  state.users.set(login, { type: login.endsWith('[bot]') ? 'Bot' : 'User', role: 'none' });
}
