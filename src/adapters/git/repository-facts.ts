import { resolve } from 'node:path';
import { runGit } from './ledger/run-git.ts';

/** What a command wants to know of the repository around it. Every field is absent where git does not say. */
export interface RepositoryFacts {
  /** `user.name`, as commits would be signed. */
  userName?: string;
  /** Names of the remotes. */
  remotes: readonly string[];
  /** The folder that all work trees share: a place for notes of this machine. */
  gitFolder?: string;
  /** The top of the work tree. */
  root?: string;
  /** The default branch as a ref: what `origin` says, else `main` or `master` where there is one. */
  defaultRef: string;
}

const TIMEOUT_MS = 10_000;
const FALLBACK = 'refs/heads/main';

/** Reads a repository's facts; outside of one they are empty, and never an error. */
export async function readRepositoryFacts(folder: string): Promise<RepositoryFacts> {
  const ask = async (...args: string[]) => {
    const run = await runGit(args, { folder, timeoutMs: TIMEOUT_MS });
    const text = run.code === 0 ? run.stdout.trim() : '';
    return text === '' ? undefined : text;
  };
  const [userName, remotes, common, root, head, heads] = await Promise.all([
    ask('config', '--get', 'user.name'),
    ask('remote'),
    ask('rev-parse', '--git-common-dir'),
    ask('rev-parse', '--show-toplevel'),
    ask('symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'),
    ask('for-each-ref', '--format=%(refname)', FALLBACK, 'refs/heads/master'),
  ]);
  return {
    ...(userName === undefined ? {} : { userName }),
    remotes: remotes?.split('\n') ?? [],
    ...(common === undefined ? {} : { gitFolder: resolve(folder, common) }),
    ...(root === undefined ? {} : { root }),
    defaultRef: head?.replace('refs/remotes/origin/', 'refs/heads/') ?? heads?.split('\n')[0] ?? FALLBACK,
  };
}
