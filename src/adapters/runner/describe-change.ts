/** What a run of GitHub Actions is about, as far as its base branch is concerned. */
export interface ChangeAtHand {
  /** The branch that a change wants to go to; absent where the run does not say. */
  baseBranch: string | undefined;
  /** The run is about a change that is not merged yet. */
  pullRequest: boolean;
}

/** GitHub's own branch of a merge group: `refs/heads/gh-readonly-queue/main/pr-7-0123…`. */
const MERGE_GROUP = /^refs\/heads\/gh-readonly-queue\/(.+)\/pr-\d+-[0-9a-f]+$/;

/**
 * Reads GitHub Actions' default variables. Only GITHUB_EVENT_NAME and GITHUB_REF say that it is a pull request: GITHUB_BASE_REF alone names a
 * branch to compare with, on a laptop too.
 */
export function describeChange(env: Readonly<Record<string, string | undefined>>): ChangeAtHand {
  const { GITHUB_EVENT_NAME: event = '', GITHUB_REF: ref = '', GITHUB_BASE_REF: base } = env;
  const queue = MERGE_GROUP.exec(ref)?.[1];
  return {
    baseBranch: base || queue,
    pullRequest:
      event.startsWith('pull_request') ||
      event === 'merge_group' ||
      queue !== undefined ||
      ref.startsWith('refs/pull/'),
  };
}
