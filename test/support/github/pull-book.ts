import type { GitHubState } from './github-state.ts';
import { stamp } from './github-state.ts';
import { know } from './know.ts';
import { commitFiles } from './push.ts';
import type { PullRecord } from './records.ts';
import { signatureOf } from './rest/git-routes.ts';

/** A pull request to open. */
export interface NewPull {
  branch: string;
  files: Readonly<Record<string, string | Uint8Array>>;
  login?: string;
  title?: string;
  body?: string;
  /** `owner/name` of a fork that the branch is in. */
  fork?: string;
  draft?: boolean;
}

/** Pushes a branch, of this repository or of a fork, and asks to merge it. */
export function openPull(state: GitHubState, given: NewPull): PullRecord {
  const { branch, files, fork, login = fork?.split('/')[0] ?? state.owner } = given;
  know(state, login);
  const base = state.git.refs.get(`refs/heads/${state.defaultBranch}`) ?? '';
  const before = fork === undefined ? state.git.refs.get(`refs/heads/${branch}`) : undefined;
  const options = { author: login, message: given.title ?? `change on ${branch}` };
  const sha = commitFiles(state, { parent: before ?? base, files, options });
  const number = state.nextNumber();
  state.git.refs.set(fork === undefined ? `refs/heads/${branch}` : `refs/pull/${number}/head`, sha);
  const pull: PullRecord = {
    number,
    title: given.title ?? `Change on ${branch}`,
    body: given.body ?? '',
    login,
    state: 'open',
    createdAt: stamp(state),
    head: { ref: branch, sha, repository: fork ?? `${state.owner}/${state.name}` },
    base: { ref: state.defaultBranch, sha: base },
    mergeCommit: undefined,
    mergedBy: undefined,
    mergedAt: undefined,
    draft: given.draft ?? false,
  };
  state.pulls.set(number, pull);
  return pull;
}

/** Merges a pull request, by a commit of two parents or, squashed, of one: its files win. */
export function mergePull(
  state: GitHubState,
  number: number,
  { login = state.owner, squash = false }: { login?: string; squash?: boolean } = {},
): string {
  const pull = state.pulls.get(number);
  if (pull === undefined || pull.state !== 'open')
    throw new Error(`There is no open pull request ${number}.`);
  const ref = `refs/heads/${pull.base.ref}`;
  const base = state.git.refs.get(ref) ?? '';
  const files = state.git.files(state.git.get(base, 'commit')?.tree ?? '');
  for (const [path, entry] of state.git.files(state.git.get(pull.head.sha, 'commit')?.tree ?? ''))
    files.set(path, entry);
  const author = signatureOf(state, login);
  const sha = state.git.put({
    kind: 'commit',
    tree: state.git.putFiles(files),
    parents: squash ? [base] : [base, pull.head.sha],
    author,
    committer: author,
    message: `Merge pull request #${number}`,
  });
  state.git.refs.set(ref, sha);
  Object.assign(pull, { state: 'closed', mergeCommit: sha, mergedBy: login, mergedAt: stamp(state) });
  return sha;
}
