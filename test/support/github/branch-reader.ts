import type { GitHubState } from './github-state.ts';

/** The commit that a branch is at. */
export function headOf(state: GitHubState, branch: string): string {
  const sha = state.git.refs.get(`refs/heads/${branch}`);
  if (sha === undefined) throw new Error(`There is no branch ${branch}.`);
  return sha;
}

/** The files of a branch or commit as text, by path. */
export function textsOf(state: GitHubState, name: string): Record<string, string> {
  const commit = state.git.get(state.git.resolve(name) ?? '', 'commit');
  if (commit === undefined) throw new Error(`There is no commit ${name}.`);
  return Object.fromEntries(
    [...state.git.files(commit.tree)].map(([path, { oid }]) => [
      path,
      state.git.get(oid, 'blob')?.bytes.toString('utf8') ?? '',
    ]),
  );
}
