import type { GitHubState } from '../github-state.ts';
import { isFolder } from '../git-objects.ts';

/** Bytes above which GitHub cuts the text of a blob. */
export const LONGEST_TEXT = 512_000;

/** Bytes that are looked at for a zero, as git does to tell text from binary. */
const LOOKED_AT = 8000;

/** A value for graphql-js: fields are read from it, functions are called with the field's arguments. */
export type Value = Record<string, unknown>;

/** An object of the repository by id. */
export function objectValue(state: GitHubState, oid: string): Value | null {
  const object = state.git.objects.get(oid);
  const base = { oid, id: `O_${oid}`, abbreviatedOid: oid.slice(0, 7) };
  switch (object?.kind) {
    case undefined:
      return null;
    case 'blob':
      return { __typename: 'Blob', ...base, ...blobFields(object.bytes) };
    case 'tree':
      return {
        __typename: 'Tree',
        ...base,
        entries: () => object.lines.map((line) => entryValue(state, { ...line, path: line.name })),
      };
    case 'commit':
      return {
        __typename: 'Commit',
        ...base,
        message: object.message,
        messageHeadline: object.message.split('\n')[0],
        authoredDate: object.author.date,
        committedDate: object.committer.date,
        url: `${state.web}/${state.owner}/${state.name}/commit/${oid}`,
        tree: () => objectValue(state, object.tree),
        file: ({ path }: { path: string }) => fileValue(state, object.tree, path),
      };
    default:
      return object satisfies never;
  }
}

function blobFields(bytes: Buffer): Value {
  const isBinary = bytes.subarray(0, LOOKED_AT).includes(0);
  return {
    byteSize: bytes.length,
    isBinary,
    isTruncated: bytes.length > LONGEST_TEXT,
    text: isBinary ? null : bytes.subarray(0, LONGEST_TEXT).toString('utf8'),
  };
}

/** What lies at a path below a tree, file or folder; `null` where nothing does. */
export function fileValue(state: GitHubState, tree: string, path: string): Value | null {
  const steps = path.split('/').filter((step) => step !== '');
  let folder = tree;
  for (const [at, step] of steps.entries()) {
    const line = state.git.get(folder, 'tree')?.lines.find(({ name }) => name === step);
    if (line === undefined) return null;
    if (at === steps.length - 1) return entryValue(state, { ...line, path: steps.join('/') });
    if (!isFolder(line.mode)) return null;
    folder = line.oid;
  }
  return null;
}

function entryValue(
  state: GitHubState,
  { mode, name, oid, path }: { mode: string; name: string; oid: string; path: string },
): Value {
  return {
    name,
    path,
    oid,
    mode: Number.parseInt(mode, 8),
    type: isFolder(mode) ? 'tree' : 'blob',
    size: state.git.get(oid, 'blob')?.bytes.length ?? 0,
    object: () => objectValue(state, oid),
  };
}
