/** A commit of the ledger branch: 40 or 64 hex digits. */
export type Head = string & { readonly __brand: 'Head' };

/** What was read in one look at the branch: all files are of the same commit. `undefined` = no such file, or no branch yet. */
export interface LedgerView {
  head: Head | undefined;
  files: Readonly<Record<string, string | undefined>>;
}

/** One append: files to write (never to delete) on top of exactly this head. */
export interface LedgerCommit {
  /** The head that was read; `undefined` creates the branch. */
  parent: Head | undefined;
  files: Readonly<Record<string, string>>;
  /** One line. */
  message: string;
}

/** `lost`: the branch was no longer at `parent`; nothing was written. */
export type Appended = { kind: 'appended'; head: Head } | { kind: 'lost' };

/**
 * The branch `known-good-ledger` as a store of small text files with compare-and-swap. It knows nothing of what is in them.
 * Every method rejects with `KnownGoodError` `unavailable` when the repository cannot be read or written; after a rejected
 * `append` it is unknown whether it happened.
 */
export interface LedgerStore {
  /** Head and files in one look. Paths use `/`. A file above 1 MiB is an error. */
  read(paths: readonly string[]): Promise<LedgerView>;
  /** Names directly under a folder at a head, sorted by bytes; folders end in `/`. Empty when there is none. */
  list(head: Head, folder: string): Promise<readonly string[]>;
  /** All files below a folder at a head, for `history` and `ledger verify`. */
  readAll(head: Head, folder: string): Promise<ReadonlyMap<string, string>>;
  /** Compare-and-swap of the branch head. */
  append(commit: LedgerCommit): Promise<Appended>;
  /** Whether `ancestor` is `head` or lies before it; `false` for commits that the repository does not have. */
  contains(head: Head, ancestor: string): Promise<boolean>;
}
