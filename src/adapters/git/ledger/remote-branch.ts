import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { KnownGoodError } from '../../../core/errors.ts';
import { gitFailure } from './git-failure.ts';
import { gitSentence, withoutCredentials } from './git-sentence.ts';
import type { LedgerBranch, Swapped } from './ledger-branch.ts';
import type { LedgerRepository } from './open-repository.ts';
import { parsePush } from './parse-push.ts';
import { runGit } from './run-git.ts';
import type { GitRun } from './run-git.ts';

/** A branch of a remote: the remote's name, URL or path, and how long one exchange with it may take. */
export interface RemoteOptions {
  remote: string;
  branch: string;
  timeoutMs: number;
}

const PUSHES = 3;
const FETCHES = 3;
const PAUSE_MS = 100;
const UNKNOWN_OPTION = 129;

/**
 * The branch at a remote, copied to a ref of our own before each look. The copy only moves forward, so that a slow fetch
 * never puts an older state over a newer one; only when the remote really went back does the copy follow.
 */
export function remoteBranch(repository: LedgerRepository, options: RemoteOptions): LedgerBranch {
  const exchange = new RemoteExchange(repository, options);
  return {
    ref: exchange.copy,
    refresh: () => exchange.refresh(),
    headNow: () => exchange.headNow(),
    swap: (move) => exchange.swap(move),
  };
}

class RemoteExchange {
  readonly copy: string;
  private readonly ref: string;
  private readonly repository: LedgerRepository;
  private readonly options: RemoteOptions;
  private quietFetch = ['--no-write-fetch-head'];

  constructor(repository: LedgerRepository, options: RemoteOptions) {
    const key = createHash('sha256')
      .update(`${options.remote}\0${options.branch}`)
      .digest('hex')
      .slice(0, 16);
    this.copy = `refs/known-good/${key}/ledger`;
    this.ref = `refs/heads/${options.branch}`;
    this.repository = repository;
    this.options = options;
  }

  async refresh(): Promise<boolean> {
    let run = await this.fetch('');
    if (run.code === 0) return true;
    for (let again = 1; again < FETCHES; again++) {
      if ((await this.headNow()) === undefined) return false;
      run = await this.fetch('+');
      if (run.code === 0) return true;
    }
    throw this.failure(run, 'fetch the ledger from the remote');
  }

  async headNow(): Promise<string | undefined> {
    const run = await this.git('ls-remote', '--exit-code', '--', this.options.remote, this.ref);
    // 2 = no ref of that name (git-ls-remote, --exit-code).
    if (run.code !== 0 && run.code !== 2) throw this.failure(run, 'ask the remote for the ledger');
    const line = run.stdout.split('\n').find((each) => each.endsWith(`\t${this.ref}`));
    return line?.split('\t')[0];
  }

  async swap(move: Parameters<LedgerBranch['swap']>[0]): Promise<Swapped> {
    for (let push = 1; ; push++) {
      const run = await this.push(move);
      const answer = parsePush(run.stdout, this.ref);
      if (answer.kind === 'moved') return 'done';
      if (answer.kind === 'behind') return 'lost';
      if (answer.kind === 'none') throw this.failure(run, 'push the ledger to the remote');
      const head = await this.headNow();
      if (head === move.commit) return 'done';
      if (head !== move.parent) return 'lost';
      // Two pushes at once: one may find the branch locked before it has moved.
      if (push >= PUSHES || !/lock|failed to update ref|incorrect old value/i.test(answer.reason))
        throw this.refusal(answer.reason, run);
      await pause(PAUSE_MS);
    }
  }

  /** The lease makes a push that could only go forward a compare-and-swap: it also fails where the remote went back. */
  private push({ parent, commit }: Parameters<LedgerBranch['swap']>[0]): Promise<GitRun> {
    const lease = `--force-with-lease=${this.ref}:${parent ?? ''}`;
    const target = [this.options.remote, `${commit}:${this.ref}`];
    return this.git('push', '--porcelain', '--no-verify', '--no-signed', lease, '--', ...target);
  }

  private async fetch(force: '' | '+'): Promise<GitRun> {
    const quiet = ['--quiet', '--no-tags', '--no-prune', '--no-recurse-submodules', '--no-auto-gc'];
    const target = [this.options.remote, `${force}${this.ref}:${this.copy}`];
    const fetch = () =>
      this.git('fetch', ...quiet, '--no-filter', '--refmap=', ...this.quietFetch, '--', ...target);
    const run = await fetch();
    if (run.code !== UNKNOWN_OPTION || this.quietFetch.length === 0) return run;
    this.quietFetch = [];
    return fetch();
  }

  private git(...args: string[]): Promise<GitRun> {
    return runGit(args, { folder: this.repository.folder, timeoutMs: this.options.timeoutMs });
  }

  private failure(run: GitRun, doing: string): KnownGoodError {
    return gitFailure(run, { doing, repository: this.repository, remote: this.options.remote });
  }

  private refusal(reason: string, run: GitRun): KnownGoodError {
    const remote = withoutCredentials(this.options.remote);
    const said = [gitSentence(reason), gitSentence(run.stderr)].filter((text) => text !== '').join(': ');
    return new KnownGoodError(
      'unavailable',
      `The remote ${gitSentence(remote)} refused the push to ${this.options.branch} (${said}). Allow pushes to that branch, or use a token that may.`,
    );
  }
}
