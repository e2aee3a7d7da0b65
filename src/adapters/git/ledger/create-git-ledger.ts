import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { KnownGoodError } from '../../../core/errors.ts';
import type { Appended, Head, LedgerCommit, LedgerStore, LedgerView } from '../../../core/ledger-store.ts';
import { seen } from '../../../core/seen.ts';
import { containsCommit } from './contains-commit.ts';
import type { LedgerBranch } from './ledger-branch.ts';
import { ledgerPath } from './ledger-path.ts';
import { localBranch } from './local-branch.ts';
import { withObjects } from './object-reader.ts';
import { openRepository } from './open-repository.ts';
import type { LedgerRepository } from './open-repository.ts';
import { planFolder } from './plan-folder.ts';
import { MOST_FILE_BYTES, fileText, findCommit, folderEntries, folderFiles } from './read-files.ts';
import { listedName } from './git-tree.ts';
import { remoteBranch } from './remote-branch.ts';
import { writeCommit } from './write-commit.ts';

/** Where the ledger is, and the clock for the dates of its commits. */
export interface GitLedgerOptions {
  /** Any folder of the repository, a bare one or a work tree. */
  folder: string;
  /** A remote's name, URL or path (relative ones start with a dot, and count from `folder`); absent for the repository's own branch. */
  remote?: string;
  /** `known-good-ledger` when absent. */
  branch?: string;
  now: () => Date;
  /** Told, once, what the user should know although nothing failed: their work tree has the branch checked out. */
  notice?: (sentence: string) => void;
  /** The longest exchange with the remote, in milliseconds; 60,000 when absent. */
  networkTimeoutMs?: number;
}

const NETWORK_TIMEOUT_MS = 60_000;
const BRANCH = /^(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)))[A-Za-z0-9][\w./-]{0,198}(?<![./])$/;

/**
 * The ledger on a branch of a git repository, by plumbing alone: no work tree, index, HEAD, other branch, setting or hook
 * is touched. Nothing is looked at before the first call. A branch name that git would not take is an `input` error.
 */
export function createGitLedger(options: GitLedgerOptions): LedgerStore {
  const { branch = 'known-good-ledger' } = options;
  if (!BRANCH.test(branch))
    throw new KnownGoodError('input', `${seen(branch)} cannot be the name of the ledger's branch.`);
  if (options.remote?.startsWith('-') === true || options.remote === '')
    throw new KnownGoodError('input', `${seen(options.remote)} cannot be the ledger's remote.`);
  return new GitLedger(options, branch);
}

interface Opened {
  repository: LedgerRepository;
  branch: LedgerBranch;
}

class GitLedger implements LedgerStore {
  private readonly options: GitLedgerOptions;
  private readonly name: string;
  private opened: Opened | undefined;

  constructor(options: GitLedgerOptions, name: string) {
    this.options = options;
    this.name = name;
  }

  async read(paths: readonly string[]): Promise<LedgerView> {
    for (const path of paths) ledgerPath(path);
    const { repository, branch } = await this.open();
    const nothing = { head: undefined, files: Object.fromEntries(paths.map((path) => [path, undefined])) };
    if (!(await branch.refresh())) return nothing;
    const view = await withObjects(repository, async (reader): Promise<LedgerView | undefined> => {
      const commit = await findCommit(reader, branch.ref);
      if (commit === undefined) return undefined;
      const found = paths.map(async (path) => {
        const file = await reader.find(`${commit.id}:${path}`, MOST_FILE_BYTES);
        return [path, fileText(file, path)] as const;
      });
      return { head: commit.id as Head, files: Object.fromEntries(await Promise.all(found)) };
    });
    if (view === undefined) await this.confirmAbsent(branch);
    return view ?? nothing;
  }

  async list(head: Head, folder: string): Promise<readonly string[]> {
    const { repository } = await this.open();
    const entries = await withObjects(repository, (reader) => folderEntries(reader, head, folder));
    return entries.map(listedName);
  }

  async readAll(head: Head, folder: string): Promise<ReadonlyMap<string, string>> {
    const { repository } = await this.open();
    return withObjects(repository, (reader) => folderFiles(reader, head, folder));
  }

  async append({ parent, files, message }: LedgerCommit): Promise<Appended> {
    const plan = planFolder(files);
    const { repository, branch } = await this.open();
    const stamp = { message, at: this.options.now(), appendId: randomBytes(16).toString('hex') };
    const commit = await writeCommit(repository, { parent, plan, stamp });
    if (commit === undefined) return this.withoutParent(branch, parent);
    const swapped = await branch.swap({ parent, commit });
    return swapped === 'done' ? { kind: 'appended', head: commit } : { kind: 'lost' };
  }

  async contains(head: Head, ancestor: string): Promise<boolean> {
    const { repository } = await this.open();
    return containsCommit(repository, head, ancestor);
  }

  private async open(): Promise<Opened> {
    if (this.opened !== undefined) return this.opened;
    const { folder, remote, notice = () => {}, networkTimeoutMs = NETWORK_TIMEOUT_MS } = this.options;
    const repository = await openRepository(folder);
    const branch =
      remote === undefined
        ? localBranch(repository, { branch: this.name, notice })
        : remoteBranch(repository, {
            remote: remote.startsWith('.') ? resolve(folder, remote) : remote,
            branch: this.name,
            timeoutMs: networkTimeoutMs,
          });
    return (this.opened = { repository, branch });
  }

  /** A branch whose commit is not to be found is damage, not absence. */
  private async confirmAbsent(branch: LedgerBranch): Promise<void> {
    const head = await branch.headNow();
    if (head !== undefined)
      throw new KnownGoodError(
        'unavailable',
        `The branch ${this.name} points to ${head}, which cannot be read as a commit; run git fsck to see what is missing.`,
      );
  }

  private async withoutParent(branch: LedgerBranch, parent: Head | undefined): Promise<Appended> {
    if ((await branch.headNow()) !== parent) return { kind: 'lost' };
    throw new KnownGoodError(
      'unavailable',
      `The ledger's commit ${parent ?? ''} is not in this repository; read the ledger again.`,
    );
  }
}
