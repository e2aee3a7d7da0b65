import { seenName } from '../../../core/seen.ts';
import { gitFailure } from './git-failure.ts';
import type { LedgerBranch, Swapped } from './ledger-branch.ts';
import type { LedgerRepository } from './open-repository.ts';
import { runGit } from './run-git.ts';

const TIMEOUT_MS = 30_000;

/**
 * The branch in the repository itself. Where somebody has it checked out it moves all the same, because a rollback must
 * not wait for that, and `notice` is told once: neither their files nor their index are touched, so git shows both as changed.
 */
export function localBranch(
  repository: LedgerRepository,
  { branch, notice }: { branch: string; notice: (sentence: string) => void },
): LedgerBranch {
  const ref = `refs/heads/${branch}`;
  const git = (...args: string[]) => runGit(args, { folder: repository.folder, timeoutMs: TIMEOUT_MS });
  let looked = false;

  async function headNow(): Promise<string | undefined> {
    const run = await git('rev-parse', '--verify', '--quiet', ref);
    if (run.code === 0) return run.stdout.trim();
    if (run.code === 1) return undefined;
    throw gitFailure(run, { doing: `read the branch ${branch}`, repository });
  }

  async function swap({ parent, commit }: Parameters<LedgerBranch['swap']>[0]): Promise<Swapped> {
    const absent = '0'.repeat(commit.length);
    const run = await git('update-ref', '--no-deref', ref, commit, parent ?? absent);
    if (run.code === 0) return 'done';
    const failure = gitFailure(run, { doing: `move the branch ${branch}`, repository });
    const head = await headNow();
    if (head === commit) return 'done';
    // A git that was cut off may have moved the branch before others did.
    if (run.code === undefined || head === parent) throw failure;
    return 'lost';
  }

  async function tellCheckedOut(): Promise<void> {
    looked = true;
    const { stdout } = await git('for-each-ref', '--format=%(refname) %(worktreepath)', ref);
    const place = stdout
      .split('\n')
      .find((line) => line.startsWith(`${ref} `))
      ?.slice(ref.length + 1);
    if (place !== undefined && place !== '')
      notice(
        `The branch ${branch} is checked out in ${seenName(place)} and has moved on: commit nothing there, leave it with git switch --force and your own branch's name.`,
      );
  }

  return {
    ref,
    refresh: async () => true,
    headNow,
    swap: async (move) => {
      const swapped = await swap(move);
      if (swapped === 'done' && !looked) await tellCheckedOut();
      return swapped;
    },
  };
}
