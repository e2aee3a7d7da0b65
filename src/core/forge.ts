/** The forge (GitHub) as use cases see it: everything that a release bot reads and writes there beside the ledger. */
import type { Digest } from './digest.ts';
import type { Role } from './policy.ts';

/** Somebody on the forge. Logins are compared without regard to case. */
export interface ForgeUser {
  login: string;
  kind: 'user' | 'bot';
}

/** A comment as the forge holds it now. Times are ISO, by the forge's clock. */
export interface ForgeComment {
  id: string;
  author: ForgeUser;
  body: string;
  createdAt: string;
  updatedAt: string;
  url: string;
}

/** A pull request, as far as releases are concerned. */
export interface PullRequest {
  number: number;
  state: 'open' | 'closed';
  /** The commit that it was merged as; absent where it was not merged. */
  mergeCommit: string | undefined;
  head: {
    sha: string;
    ref: string;
    /** `owner/name`; absent where the fork is gone. */ repository: string | undefined;
  };
  base: { sha: string; ref: string };
  author: ForgeUser;
  url: string;
}

/** Small pictures under a comment that say how it is going. */
export type Reaction = 'eyes' | '+1' | '-1' | 'confused';

/**
 * Every method of the interfaces below rejects with `KnownGoodError` `unavailable` where the forge does not answer or refuses, with what was
 * asked, what was seen, and which permission of the token is missing where that is why. Absent things are `undefined`.
 */
export interface Permissions {
  /** The role of a user in this repository; `none` for somebody without any. A custom role counts as the role that it is built on. */
  roleOf(login: string): Promise<Role | 'none'>;
}

/** Reads one comment again. */
export interface CommentReader {
  read(id: string): Promise<ForgeComment | undefined>;
}

/** Comments on issues and pull requests, which share their numbers. */
export interface Comments extends CommentReader {
  /** `since`: as for `findOwn`, where an answer is lost and it is looked for what was written. */
  create(thread: number, body: string, since?: string): Promise<{ id: string; url: string }>;
  /** `gone`: it was deleted, or was never there. */
  update(id: string, body: string): Promise<'changed' | 'gone'>;
  /**
   * The oldest comment of this very token's user in a thread whose text begins with `marker`: nobody else's counts. Of 1,000 comments at most,
   * from the beginning of the thread, or those that came or changed at `since` (ISO, by the forge's clock) or later.
   */
  findOwn(
    thread: number,
    marker: string,
    since?: string,
  ): Promise<{ id: string; url: string; body: string } | undefined>;
  react(id: string, reaction: Reaction): Promise<void>;
}

/** Pull requests. */
export interface Pulls {
  read(number: number): Promise<PullRequest | undefined>;
  /** The open pull request from this head; the head commit must be equal. `undefined` where there is none or more than one. */
  openFrom(head: { owner: string; branch: string; sha: string }): Promise<PullRequest | undefined>;
  /** The pull request that a commit of the default branch came by, or whose head it is. */
  ofCommit(sha: string): Promise<PullRequest | undefined>;
}

/** A run of a workflow that was asked for. `url` leads a person there. */
export interface StartedRun {
  id: string | undefined;
  url: string | undefined;
}

/** Starts workflows. */
export interface Workflows {
  /** `ref` absent: the default branch. */
  start(order: {
    workflow: string;
    ref?: string | undefined;
    inputs: Readonly<Record<string, string>>;
  }): Promise<StartedRun>;
}

/** What a lane's record on the forge's deployments page says; a projection, never read to decide anything. */
export interface DeploymentShown {
  environment: string;
  /** A commit, branch or tag. */
  ref: string;
  /** Names the move, and the same one is shown once: from the bot it is `lane#seq`, such as `bank/production#41`. */
  operation: string;
  seq: number;
  digest: Digest;
  /** At most 140 characters are kept. */
  description: string;
  /** A `success` makes the earlier ones of the environment inactive. */
  state: 'success' | 'failure';
  /** Nobody can have shown it before, so that it is not looked for; absent = it may be there. */
  isNew?: boolean | undefined;
  /** Where its log is. */
  run?: string | undefined;
}

export interface Deployments {
  /** Creates the deployment of an operation or finds it again, and sets its state, unless a later one has made it inactive. */
  show(deployment: DeploymentShown): Promise<void>;
}

/** A check on a commit. */
export interface CheckShown {
  sha: string;
  name: string;
  conclusion: 'success' | 'failure' | 'neutral' | 'action_required';
  title: string;
  /** Markdown; what is above the forge's limit is cut. */
  summary: string;
  /** Named again, the same check is replaced. */
  externalId: string;
  url?: string | undefined;
}

export interface Checks {
  show(check: CheckShown): Promise<void>;
}

/** A file of the repository, at the tip of its default branch. */
export interface DefaultBranchFile {
  text: string | undefined;
  /** The branch as a ref, e.g. `refs/heads/main`, and its commit. */
  ref: string;
  commit: string;
}

/** Reads the default branch, whatever is checked out. */
export interface DefaultBranch {
  file(path: string): Promise<DefaultBranchFile>;
}
