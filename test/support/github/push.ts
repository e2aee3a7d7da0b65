import type { Signature } from './git-objects.ts';
import type { GitHubState } from './github-state.ts';
import { signatureOf } from './rest/git-routes.ts';

/** How a push differs from the usual one: by the owner, now, `update`. */
export interface PushOptions {
  author?: string;
  /** ISO; of author and committer, which anybody may forge. */
  date?: string;
  message?: string;
  remove?: readonly string[];
}

/** Commits files on top of a branch, which is created where it is not there; gives the commit. */
export function push(
  state: GitHubState,
  branch: string,
  { files, options }: { files: Readonly<Record<string, string | Uint8Array>>; options: PushOptions },
): string {
  const ref = `refs/heads/${branch}`;
  const parent = state.git.refs.get(ref);
  const sha = commitFiles(state, { parent, files, options });
  state.git.refs.set(ref, sha);
  return sha;
}

/** Commits files on top of a commit, on no branch. */
export function commitFiles(
  state: GitHubState,
  given: {
    parent: string | undefined;
    files: Readonly<Record<string, string | Uint8Array>>;
    options: PushOptions;
  },
): string {
  const { parent, files, options } = given;
  const usual = signatureOf(state, options.author ?? state.owner);
  const author: Signature = { ...usual, date: options.date ?? usual.date };
  const { message = 'update', remove = [] } = options;
  return state.git.commit({ parent, write: files, remove, author, message });
}
