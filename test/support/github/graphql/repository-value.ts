import { GraphQLError } from 'graphql';
import type { GitHubState } from '../github-state.ts';
import type { TokenRecord } from '../records.ts';
import { roleOf } from '../role.ts';
import type { Value } from './git-values.ts';
import { fileValue, objectValue } from './git-values.ts';

/** An error with a type of GitHub's, as it stands in `errors[].type`. */
export function typedError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** The repository that was asked for; there is only one. */
export function repositoryValue(
  state: GitHubState,
  token: TokenRecord,
  { owner, name }: { owner: string; name: string },
): Value {
  const asked = `${owner}/${name}`;
  const own = `${state.owner}/${state.name}`;
  if (asked.toLowerCase() !== own.toLowerCase())
    throw typedError('NOT_FOUND', `Could not resolve to a Repository with the name '${asked}'.`);
  return {
    id: 'R_1',
    name: state.name,
    nameWithOwner: own,
    isPrivate: state.private,
    url: `${state.web}/${own}`,
    viewerPermission: () => {
      const role = roleOf(state, token.login);
      return role === 'none' ? null : role.toUpperCase();
    },
    defaultBranchRef: () => refValue(state, `refs/heads/${state.defaultBranch}`),
    ref: ({ qualifiedName }: { qualifiedName: string }) => refValue(state, qualifiedName),
    object: (asked: { expression?: string; oid?: string }) => objectOf(state, asked),
  };
}

/** A ref by its full name, or by a short one. */
export function refValue(state: GitHubState, qualifiedName: string): Value | null {
  for (const prefix of ['', 'refs/', 'refs/heads/', 'refs/tags/']) {
    const full = `${prefix}${qualifiedName}`;
    const oid = state.git.refs.get(full);
    const [, folder = '', name = ''] = /^(refs\/[^/]+\/)(.+)$/.exec(full) ?? [];
    if (oid !== undefined)
      return { id: `REF_${full}`, name, prefix: folder, target: () => objectValue(state, oid) };
  }
  return null;
}

/** `main`, `main:path/to/file`, `SHA:` or an object id. */
function objectOf(
  state: GitHubState,
  { expression, oid }: { expression?: string; oid?: string },
): Value | null {
  if (oid !== undefined) return objectValue(state, oid);
  const [, ref = '', path] = /^([^:]*)(?::(.*))?$/.exec(expression ?? 'HEAD') ?? [];
  const commit = state.git.resolve(ref === 'HEAD' ? state.defaultBranch : ref);
  if (commit === undefined) return objectValue(state, expression ?? '');
  const tree = state.git.get(commit, 'commit')?.tree ?? '';
  if (path === undefined) return objectValue(state, commit);
  if (path === '') return objectValue(state, tree);
  const entry = fileValue(state, tree, path);
  return entry === null ? null : objectValue(state, String(entry['oid']));
}
