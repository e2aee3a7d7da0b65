import type { GitHubState } from '../github-state.ts';

/** Path of the repository below the API's base. */
export function repositoryPath({ owner, name }: Pick<GitHubState, 'owner' | 'name'>): string {
  return `/repos/${owner}/${name}`;
}
