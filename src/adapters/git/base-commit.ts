import type { BaseCommit } from '../../core/ports.ts';
import type { Git } from './run-git.ts';
import { commitOf, lineOf } from './run-git.ts';

const DEFAULT_BRANCHES = [
  'refs/remotes/origin/HEAD',
  'refs/remotes/origin/main',
  'refs/remotes/origin/master',
  'refs/heads/main',
  'refs/heads/master',
];

/**
 * What HEAD is compared with (`Repository.base`). Unrelated histories, as two shallow fetches leave them, are compared with the
 * tip of the base branch. A pull request (`baseBranch`) without a repository is one that is not available.
 */
export async function baseCommit(git: Git, baseBranch: string | undefined): Promise<BaseCommit> {
  const head = await commitOf(git, 'HEAD');
  if (head === undefined) return baseBranch === undefined ? { kind: 'outside' } : NO_CLONE;
  const tip = await tipOf(git, baseBranch);
  const left = tip === undefined ? undefined : await lineOf(git, 'merge-base', head, tip);
  if (tip !== undefined && left !== head)
    return { kind: 'commit', revision: left ?? tip, tip, parent: false };
  const before = await commitOf(git, 'HEAD^1');
  if (tip !== undefined && before !== undefined)
    return { kind: 'commit', revision: before, tip: before, parent: true };
  if ((await lineOf(git, 'rev-parse', '--is-shallow-repository')) === 'true') return SHALLOW;
  if (before === undefined) return { kind: 'first' };
  return baseBranch === undefined ? NO_DEFAULT : lacks(baseBranch);
}

async function tipOf(git: Git, baseBranch: string | undefined): Promise<string | undefined> {
  const names =
    baseBranch === undefined
      ? DEFAULT_BRANCHES
      : [`refs/remotes/origin/${baseBranch}`, `refs/heads/${baseBranch}`];
  for (const name of names) {
    const commit = await commitOf(git, name);
    if (commit !== undefined) return commit;
  }
  return undefined;
}

const HISTORY = 'Fetch the history (fetch-depth: 0 of actions/checkout, or git fetch --unshallow).';

const SHALLOW: BaseCommit = { kind: 'unavailable', why: 'this is a shallow clone', settle: HISTORY };

const NO_CLONE: BaseCommit = {
  kind: 'unavailable',
  why: 'there is no git clone here, or git refuses to read it',
  settle: 'Check out with git and the history (fetch-depth: 0 of actions/checkout) before the gate runs.',
};

const NO_DEFAULT: BaseCommit = {
  kind: 'unavailable',
  why: 'this clone does not say which branch is the default one',
  settle:
    'Fetch all branches (fetch-depth: 0 of actions/checkout) and run git remote set-head origin --auto; or name the base branch in GITHUB_BASE_REF.',
};

function lacks(branch: string): BaseCommit {
  return {
    kind: 'unavailable',
    why: `this clone lacks the base branch ${JSON.stringify(branch)}`,
    settle: 'Fetch it (fetch-depth: 0 of actions/checkout, or git fetch origin).',
  };
}
