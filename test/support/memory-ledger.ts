import { createHash } from 'node:crypto';
import { ledgerFolder, ledgerPath } from '../../src/adapters/git/ledger/ledger-path.ts';
import { planFolder } from '../../src/adapters/git/ledger/plan-folder.ts';
import type { FolderPlan } from '../../src/adapters/git/ledger/plan-folder.ts';
import { KnownGoodError } from '../../src/core/errors.ts';
import type { Appended, Head, LedgerCommit, LedgerStore, LedgerView } from '../../src/core/ledger-store.ts';

/** A folder that is never changed: an append makes new ones along its path, and shares the rest. */
type Folder = ReadonlyMap<string, string | Folder>;

interface MemoryCommit {
  parent: Head | undefined;
  root: Folder;
}

/** A ledger in memory whose state can be kept and put back: a state is one head, and nothing is copied. */
export interface MemoryLedger extends LedgerStore {
  /** The head as it is; `undefined` before the first append. */
  head(): Head | undefined;
  /** Makes an earlier head the head again; commits made since stay known, as in git. */
  restore(head: Head | undefined): void;
  /** What `read` answers, at once. */
  readNow(paths: readonly string[]): LedgerView;
  /** What `append` does, at once. */
  appendNow(commit: LedgerCommit): Appended;
}

const EMPTY: Folder = new Map();

/**
 * A deterministic `LedgerStore` without a repository: equal appends on equal states give equal heads. Every method does
 * its work before it returns its promise.
 */
export function memoryLedger(): MemoryLedger {
  const commits = new Map<string, MemoryCommit>();
  let head: Head | undefined;
  const rootOf = (at: Head) => {
    const commit = commits.get(at);
    if (commit === undefined)
      throw new KnownGoodError('unavailable', `The ledger's commit ${at} is not in this repository.`);
    return commit.root;
  };
  const readNow = (paths: readonly string[]): LedgerView => {
    const root = head === undefined ? EMPTY : rootOf(head);
    return { head, files: Object.fromEntries(paths.map((path) => [path, fileAt(root, ledgerPath(path))])) };
  };
  const appendNow = ({ parent, files, message }: LedgerCommit): Appended => {
    const plan = planFolder(files);
    if (parent !== head) return { kind: 'lost' };
    const root = graft(parent === undefined ? EMPTY : rootOf(parent), plan);
    head = nameOf({ parent, files, message });
    commits.set(head, { parent, root });
    return { kind: 'appended', head };
  };
  const contains = (from: Head, ancestor: string) => {
    let at: Head | undefined = from;
    rootOf(from);
    while (at !== undefined && at !== ancestor) at = commits.get(at)?.parent;
    return at !== undefined;
  };
  return {
    head: () => head,
    restore: (to) => void (head = to),
    readNow,
    appendNow,
    read: async (paths) => readNow(paths),
    list: async (at, folder) => names(folderAt(rootOf(at), ledgerFolder(folder))),
    readAll: async (at, folder) => {
      const path = ledgerFolder(folder);
      return new Map(filesBelow(folderAt(rootOf(at), path), path.map((name) => `${name}/`).join('')));
    },
    append: async (commit) => appendNow(commit),
    contains: async (from, ancestor) => contains(from, ancestor),
  };
}

function nameOf(commit: LedgerCommit): Head {
  const text = JSON.stringify([commit.parent ?? '', commit.message, Object.entries(commit.files)]);
  return createHash('sha1').update(text).digest('hex') as Head;
}

function nodeAt(root: Folder, path: readonly string[]): string | Folder | undefined {
  let node: string | Folder | undefined = root;
  for (const name of path) node = typeof node === 'object' ? node.get(name) : undefined;
  return node;
}

function fileAt(root: Folder, path: readonly string[]): string | undefined {
  const node = nodeAt(root, path);
  return typeof node === 'string' ? node : undefined;
}

function folderAt(root: Folder, path: readonly string[]): Folder {
  const node = nodeAt(root, path);
  return typeof node === 'object' ? node : EMPTY;
}

function graft(folder: Folder, plan: FolderPlan): Folder {
  const next = new Map(folder);
  for (const [name, inside] of plan.folders) {
    const old = next.get(name);
    if (typeof old === 'string') throw misplaced(name);
    next.set(name, graft(old ?? EMPTY, inside));
  }
  for (const [name, text] of plan.files) {
    if (typeof next.get(name) === 'object') throw misplaced(name);
    next.set(name, text);
  }
  return next;
}

function misplaced(name: string): KnownGoodError {
  return new KnownGoodError('unavailable', `The ledger has a file where a folder belongs, at ${name}.`);
}

/** Sorted by bytes, as git does it; JavaScript's own order is by UTF-16 units. */
function names(folder: Folder): string[] {
  const all = [...folder].map(([name, node]) => (typeof node === 'string' ? name : `${name}/`));
  return all.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

function filesBelow(folder: Folder, at: string): [string, string][] {
  return names(folder).flatMap((name) => {
    const node = folder.get(name.replace(/\/$/, ''));
    return typeof node === 'string' ? [[at + name, node]] : filesBelow(node ?? EMPTY, at + name);
  });
}
