import type { GitHubState } from '../github-state.ts';
import type { TokenRecord } from '../records.ts';
import { signatureOf } from '../rest/git-routes.ts';
import { hasRole } from '../role.ts';
import { ruleViolation } from '../rule-violation.ts';
import type { Value } from './git-values.ts';
import { objectValue } from './git-values.ts';
import { refValue, typedError } from './repository-value.ts';

/** The input of `createCommitOnBranch`, after graphql-js has checked it against the schema. */
export interface CreateCommitInput {
  branch: { id?: string; repositoryNameWithOwner?: string; branchName?: string };
  clientMutationId?: string;
  expectedHeadOid: string;
  fileChanges?: {
    additions: readonly { path: string; contents: string }[];
    deletions: readonly { path: string }[];
  };
  message: { headline: string; body?: string };
}

/** A commit on top of exactly `expectedHeadOid`: a compare-and-swap of the branch. */
export function createCommit(state: GitHubState, token: TokenRecord, input: CreateCommitInput): Value {
  if (!mayWrite(state, token)) throw typedError('FORBIDDEN', 'Resource not accessible by integration');
  const ref = branchOf(state, input);
  const head = state.git.refs.get(ref);
  if (head !== input.expectedHeadOid)
    throw typedError(
      'STALE_DATA',
      `Expected branch to point to "${input.expectedHeadOid}" but it did not.  Pull and try again.`,
    );
  const violation = ruleViolation(state, { ref, login: token.login, creates: false });
  if (violation !== undefined) throw typedError(violation.type, violation.message);
  const oid = state.git.commit({ parent: head, ...changeOf(state, token, input) });
  state.git.refs.set(ref, oid);
  return {
    clientMutationId: input.clientMutationId ?? null,
    commit: () => objectValue(state, oid),
    ref: () => refValue(state, ref),
  };
}

function mayWrite(state: GitHubState, token: TokenRecord): boolean {
  if (token.permissions.contents !== 'write') return false;
  return token.kind === 'installation' || hasRole(state, token.login, 'write');
}

function branchOf(state: GitHubState, { branch }: CreateCommitInput): string {
  const { id, repositoryNameWithOwner: repository = '', branchName = '' } = branch;
  const ref = id?.replace(/^REF_/, '') ?? `refs/heads/${branchName.replace(/^refs\/heads\//, '')}`;
  const known = id !== undefined || repository.toLowerCase() === `${state.owner}/${state.name}`.toLowerCase();
  if (!known)
    throw typedError('NOT_FOUND', `Could not resolve to a Repository with the name '${repository}'.`);
  if (!state.git.refs.has(ref)) throw typedError('NOT_FOUND', 'Branch not found');
  return ref;
}

function changeOf(
  state: GitHubState,
  token: TokenRecord,
  { fileChanges, message }: CreateCommitInput,
): Pick<Parameters<GitHubState['git']['commit']>[0], 'write' | 'remove' | 'author' | 'message'> {
  const { additions = [], deletions = [] } = fileChanges ?? {};
  const body = message.body === undefined || message.body === '' ? '' : `\n\n${message.body}`;
  return {
    write: Object.fromEntries(additions.map(({ path, contents }) => [path, decoded(path, contents)])),
    remove: deletions.map(({ path }) => path),
    author: signatureOf(state, token.login),
    message: `${message.headline}${body}`,
  };
}

function decoded(path: string, contents: string): Buffer {
  const bytes = Buffer.from(contents, 'base64');
  if (bytes.toString('base64') !== contents.replace(/\s/g, ''))
    throw typedError('UNPROCESSABLE', `The contents of ${path} are no base64.`);
  return bytes;
}
