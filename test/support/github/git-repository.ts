import type { GitObject, Signature } from './git-objects.ts';
import { isFolder, objectId } from './git-objects.ts';

/** A file of a tree. */
export interface FileEntry {
  mode: string;
  oid: string;
}

/** Files to write and to delete on top of a commit. */
export interface Change {
  parent: string | undefined;
  write?: Readonly<Record<string, string | Uint8Array>>;
  remove?: readonly string[];
  author: Signature;
  committer?: Signature;
  message: string;
}

type Kind<K extends GitObject['kind']> = Extract<GitObject, { kind: K }>;

/** A git repository in memory, with git's own ids. It knows nothing of HTTP. */
export interface GitRepository {
  /** Full names, e.g. `refs/heads/main`. */
  refs: Map<string, string>;
  objects: Map<string, GitObject>;
  put(object: GitObject): string;
  get<K extends GitObject['kind']>(oid: string, kind: K): Kind<K> | undefined;
  /** Files below a tree by path, folders not among them. */
  files(tree: string): Map<string, FileEntry>;
  putFiles(files: ReadonlyMap<string, FileEntry>): string;
  commit(change: Change): string;
  /** The commit of a full or short ref name or of an id of at least seven digits. */
  resolve(name: string): string | undefined;
  /** A commit and all before it, itself first. */
  history(oid: string): string[];
}

export function createGitRepository(): GitRepository {
  const git: GitRepository = {
    refs: new Map(),
    objects: new Map(),
    put: (object) => {
      const oid = objectId(object);
      git.objects.set(oid, object);
      return oid;
    },
    get: <K extends GitObject['kind']>(oid: string, kind: K) => {
      const object = git.objects.get(oid);
      return object?.kind === kind ? (object as Kind<K>) : undefined;
    },
    files: (tree) => new Map(walk(git, tree, '')),
    putFiles: (files) => putFolder(git, files),
    commit: (change) => commit(git, change),
    resolve: (name) => resolve(git, name),
    history: (oid) => history(git, oid),
  };
  return git;
}

function* walk(git: GitRepository, tree: string, folder: string): Generator<[string, FileEntry]> {
  for (const { mode, name, oid } of git.get(tree, 'tree')?.lines ?? []) {
    if (isFolder(mode)) yield* walk(git, oid, `${folder}${name}/`);
    else yield [`${folder}${name}`, { mode, oid }];
  }
}

function putFolder(git: GitRepository, files: ReadonlyMap<string, FileEntry>): string {
  const folders = new Map<string, Map<string, FileEntry>>();
  const lines = new Map<string, FileEntry>();
  for (const [path, entry] of files) {
    const slash = path.indexOf('/');
    if (slash < 0) lines.set(path, entry);
    else {
      const folder = path.slice(0, slash);
      const inside = folders.get(folder) ?? new Map<string, FileEntry>();
      folders.set(folder, inside.set(path.slice(slash + 1), entry));
    }
  }
  for (const [name, inside] of folders) lines.set(name, { mode: '040000', oid: putFolder(git, inside) });
  return git.put({ kind: 'tree', lines: [...lines].map(([name, entry]) => ({ name, ...entry })) });
}

function commit(git: GitRepository, change: Change): string {
  const before = change.parent === undefined ? undefined : git.get(change.parent, 'commit');
  const files = before === undefined ? new Map<string, FileEntry>() : git.files(before.tree);
  for (const path of change.remove ?? []) files.delete(path);
  for (const [path, content] of Object.entries(change.write ?? {})) {
    const oid = git.put({ kind: 'blob', bytes: Buffer.from(content as Uint8Array) });
    files.set(path, { mode: files.get(path)?.mode ?? '100644', oid });
  }
  return git.put({
    kind: 'commit',
    tree: putFolder(git, files),
    parents: change.parent === undefined ? [] : [change.parent],
    author: change.author,
    committer: change.committer ?? change.author,
    message: change.message,
  });
}

function resolve(git: GitRepository, name: string): string | undefined {
  for (const prefix of ['', 'refs/', 'refs/heads/', 'refs/tags/']) {
    const oid = git.refs.get(`${prefix}${name}`);
    if (oid !== undefined) return oid;
  }
  if (!/^[0-9a-f]{7,40}$/.test(name)) return undefined;
  const found = [...git.objects].filter(([oid, object]) => object.kind === 'commit' && oid.startsWith(name));
  return found.length === 1 ? found[0]?.[0] : undefined;
}

function history(git: GitRepository, oid: string): string[] {
  const seen = new Set<string>();
  for (const waiting = [oid]; waiting.length > 0;) {
    const next = waiting.shift() ?? '';
    const found = git.get(next, 'commit');
    if (found === undefined || seen.has(next)) continue;
    seen.add(next);
    waiting.push(...found.parents);
  }
  return [...seen];
}
