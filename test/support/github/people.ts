import type { GitHubState } from './github-state.ts';
import { stamp } from './github-state.ts';
import { know } from './know.ts';
import type { NewPull } from './pull-book.ts';
import { mergePull, openPull } from './pull-book.ts';
import type { PushOptions } from './push.ts';
import { push } from './push.ts';
import type { ArtifactRecord, CommentRecord, IssueRecord, PullRecord } from './records.ts';
import type { CommentJson } from './rest/comment-routes.ts';
import { addComment, commentJson } from './rest/comment-routes.ts';
import { issueJson, threadOf } from './rest/issue-routes.ts';
import { pullJson } from './rest/pull-json.ts';
import { fullRepositoryJson } from './rest/repository-json.ts';
import { userJson } from './rest/user-json.ts';

/** What people do with a repository beside the API: push, open, comment, merge. Everything happens at once. */
export function createPeople(state: GitHubState): People {
  return {
    push: (branch, files, options) => push(state, branch, { files, options: options ?? {} }),
    openIssue: (given) => openIssue(state, given ?? {}),
    openPull: (given) => openPull(state, given),
    mergePull: (number, how) => mergePull(state, number, how),
    comment: (given, { login, body }) => {
      const thread = given ?? openIssue(state, { login }).number;
      if (threadOf(state, thread) === undefined)
        throw new Error(`There is no issue or pull request ${thread}.`);
      know(state, login);
      return commentJson(state, addComment(state, { thread, login, body }));
    },
    editComment: (id, body, by) =>
      editComment(state, { id, body, ...(typeof by === 'string' ? { login: by } : by) }),
    event: (comment, action = 'created') => eventOf(state, comment, action),
    pullPayload: (number) => pullPayload(state, number),
    artifact: (run, name, zip) => addArtifact(state, { run, name, zip }),
  };
}

/** See `createPeople`. */
export interface People {
  /** Commits files on top of a branch, which is created where it is not there; gives the commit. */
  push(branch: string, files: Readonly<Record<string, string | Uint8Array>>, options?: PushOptions): string;
  openIssue(given?: { login?: string; title?: string; body?: string }): IssueRecord;
  /** Pushes `files` to `branch`, from the default branch, and asks to merge it there. */
  openPull(given: NewPull): PullRecord;
  /** Merges by a merge commit, or squashed; gives the commit. */
  mergePull(number: number, how?: { login?: string; squash?: boolean }): string;
  /** Comments on an issue or pull request; `undefined`: on a new issue. */
  comment(thread: number | undefined, given: { login: string; body: string }): CommentJson;
  /**
   * Anybody with write access may edit any comment: its author stays, its time does not. GitHub's times are in whole seconds, so one edited
   * in the second that it was written in looks unedited: `sameSecond` does that, else the clock moves on.
   */
  editComment(id: number, body: string, by: string | { login: string; sameSecond: boolean }): CommentJson;
  /** The `issue_comment` payload that a workflow would get for a comment as it is now. */
  event(comment: CommentJson | number, action?: 'created' | 'edited' | 'deleted'): Record<string, unknown>;
  /** A pull request as events show it. */
  pullPayload(number: number): Record<string, unknown>;
  artifact(run: number, name: string, zip: Uint8Array): ArtifactRecord;
}

function openIssue(
  state: GitHubState,
  { login = state.owner, title = 'An issue', body = '' }: { login?: string; title?: string; body?: string },
): IssueRecord {
  know(state, login);
  const number = state.nextNumber();
  const issue: IssueRecord = { number, title, body, login, state: 'open', createdAt: stamp(state) };
  state.issues.set(number, issue);
  return issue;
}

function commentOf(state: GitHubState, id: number): CommentRecord {
  const comment = state.comments.get(id);
  if (comment === undefined) throw new Error(`There is no comment ${id}.`);
  return comment;
}

function editComment(
  state: GitHubState,
  { id, body, login, sameSecond }: { id: number; body: string; login: string; sameSecond?: boolean },
): CommentJson {
  know(state, login);
  const comment = commentOf(state, id);
  if (sameSecond !== true && comment.updatedAt === stamp(state)) state.clock.advance(1000);
  Object.assign(comment, { body, updatedAt: stamp(state) });
  return commentJson(state, comment);
}

function eventOf(
  state: GitHubState,
  comment: CommentJson | number,
  action: 'created' | 'edited' | 'deleted',
): Record<string, unknown> {
  const record = commentOf(state, typeof comment === 'number' ? comment : comment.id);
  const thread = threadOf(state, record.thread);
  if (thread === undefined) throw new Error(`There is no thread ${record.thread}.`);
  return {
    action,
    issue: issueJson(state, thread),
    comment: commentJson(state, record),
    repository: fullRepositoryJson(state),
    sender: userJson(state, record.login),
  };
}

function pullPayload(state: GitHubState, number: number): Record<string, unknown> {
  const pull = state.pulls.get(number);
  if (pull === undefined) throw new Error(`There is no pull request ${number}.`);
  return pullJson(state, pull);
}

function addArtifact(
  state: GitHubState,
  { run, name, zip }: { run: number; name: string; zip: Uint8Array },
): ArtifactRecord {
  const id = state.nextId();
  const artifact = { id, run, name, zip: Buffer.from(zip), expired: false, createdAt: stamp(state) };
  state.artifacts.set(id, artifact);
  return artifact;
}
