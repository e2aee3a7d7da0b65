import { KnownGoodError } from '../../../core/errors.ts';
import type { Appended, Head, LedgerCommit, LedgerStore, LedgerView } from '../../../core/ledger-store.ts';
import { seen } from '../../../core/seen.ts';
import { ledgerPath } from '../../git/ledger/ledger-path.ts';
import { planFolder } from '../../git/ledger/plan-folder.ts';
import { GitHubError } from '../client/github-error.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { commitOnBranch } from './commit-on-branch.ts';
import { containsCommit } from './contains-commit.ts';
import { createBranch } from './create-branch.ts';
import { misplaced } from './damaged.ts';
import { findFolder, listedNames } from './find-folder.ts';
import { KnownShape } from './known-shape.ts';
import { readBlobs } from './read-blobs.ts';
import { readTree } from './read-tree.ts';
import { findFiles, textsOf } from './read-view.ts';

/** Where the ledger is. */
export interface GitHubLedgerOptions {
  client: GitHubClient;
  /** `known-good-ledger` when absent. */
  branch?: string;
}

const BRANCH = /^(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)))[A-Za-z0-9][\w./-]{0,198}(?<![./])$/;

/**
 * The ledger on a branch of a repository on GitHub, without any clone: a read is one GraphQL query, an append one mutation with GitHub's
 * own compare-and-swap. The token needs `contents: write`. A branch name that git would not take is an `input` error.
 */
export function createGitHubLedger({
  client,
  branch = 'known-good-ledger',
}: GitHubLedgerOptions): LedgerStore {
  if (!BRANCH.test(branch))
    throw new KnownGoodError('input', `${seen(branch)} cannot be the name of the ledger's branch.`);
  return new GitHubLedger(client, branch);
}

class GitHubLedger implements LedgerStore {
  private readonly client: GitHubClient;
  private readonly branch: string;
  private readonly shape = new KnownShape();

  constructor(client: GitHubClient, branch: string) {
    this.client = client;
    this.branch = branch;
  }

  async read(paths: readonly string[]): Promise<LedgerView> {
    for (const path of paths) ledgerPath(path);
    const found = await findFiles(this.client, this.branch, paths);
    if (found === undefined)
      return { head: undefined, files: Object.fromEntries(paths.map((path) => [path, undefined])) };
    this.shape.saw(found);
    return { head: found.head, files: await textsOf(this.client, found) };
  }

  async list(head: Head, folder: string): Promise<readonly string[]> {
    const found = await findFolder(this.client, head, folder);
    return found === undefined ? [] : listedNames(found);
  }

  async readAll(head: Head, folder: string): Promise<ReadonlyMap<string, string>> {
    const found = await findFolder(this.client, head, folder);
    if (found === undefined) return new Map();
    return readBlobs(this.client, await readTree(this.client, found.oid, found.path));
  }

  async append({ parent, files, message }: LedgerCommit): Promise<Appended> {
    planFolder(files);
    const commit = { branch: this.branch, files, message: oneLine(message) };
    if (parent === undefined) return this.learnt(parent, files, await createBranch(this.client, commit));
    const bad = this.shape.misplaced(parent, Object.keys(files));
    if (bad !== undefined) throw misplaced(bad);
    try {
      return this.learnt(parent, files, await commitOnBranch(this.client, { ...commit, parent }));
    } catch (error) {
      if (await this.wasOvertaken(error, parent)) return { kind: 'lost' };
      throw error;
    }
  }

  contains(head: Head, ancestor: string): Promise<boolean> {
    return containsCommit(this.client, head, ancestor);
  }

  /** Whether GitHub refused, in whatever words, an append to a branch that has moved on or is gone: nothing was written. */
  private async wasOvertaken(error: unknown, parent: Head): Promise<boolean> {
    const isRefusal =
      error instanceof GitHubError &&
      error.kinds.length > 0 &&
      !error.mayHaveHappened &&
      error.retryAt === undefined;
    return isRefusal && (await findFiles(this.client, this.branch, []))?.head !== parent;
  }

  private learnt(parent: Head | undefined, files: LedgerCommit['files'], appended: Appended): Appended {
    if (appended.kind === 'appended') this.shape.wrote(parent, appended.head, Object.keys(files));
    return appended;
  }
}

function oneLine(message: string): string {
  const line = message.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return line === '' ? 'ledger' : line;
}
