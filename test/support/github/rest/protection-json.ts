import type { GitHubState } from '../github-state.ts';
import { repositoryPath } from './repository-path.ts';

/** Classic protection of a branch: reviews are needed, and administrators are bound as well. */
export function protectionJson(state: GitHubState, branch: string): unknown {
  const url = `${state.url}${repositoryPath(state)}/branches/${branch}/protection`;
  return {
    url,
    required_pull_request_reviews: {
      url: `${url}/required_pull_request_reviews`,
      dismiss_stale_reviews: false,
      require_code_owner_reviews: false,
      required_approving_review_count: 1,
    },
    enforce_admins: { url: `${url}/enforce_admins`, enabled: true },
    allow_force_pushes: { enabled: false },
    allow_deletions: { enabled: false },
  };
}
