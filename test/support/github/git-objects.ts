import { createHash } from 'node:crypto';

/** Who wrote a commit, and when: ISO with seconds, in UTC. */
export interface Signature {
  name: string;
  email: string;
  date: string;
}

/** One line of a tree. `mode` as the API writes it: 100644, 100755, 120000, 040000, 160000. */
export interface TreeLine {
  mode: string;
  name: string;
  oid: string;
}

/** An object of git. */
export type GitObject =
  | { kind: 'blob'; bytes: Buffer }
  | { kind: 'tree'; lines: readonly TreeLine[] }
  | {
      kind: 'commit';
      tree: string;
      parents: readonly string[];
      author: Signature;
      committer: Signature;
      message: string;
    };

/** The SHA-1 that git gives an object: of its kind, its size in bytes and its content. */
export function objectId(object: GitObject): string {
  const content = encode(object);
  return createHash('sha1').update(`${object.kind} ${content.length}\0`).update(content).digest('hex');
}

function encode(object: GitObject): Buffer {
  switch (object.kind) {
    case 'blob':
      return object.bytes;
    case 'tree':
      return Buffer.concat([...object.lines].sort(byGitOrder).map(encodeLine));
    case 'commit':
      return Buffer.from(encodeCommit(object));
    default:
      return object satisfies never;
  }
}

/** Git orders a tree by bytes, with folders as if their names ended in a slash. */
function byGitOrder(left: TreeLine, right: TreeLine): number {
  return Buffer.compare(sortKey(left), sortKey(right));
}

function sortKey({ mode, name }: TreeLine): Buffer {
  return Buffer.from(isFolder(mode) ? `${name}/` : name);
}

/** Whether a mode says that the object is a tree. */
export function isFolder(mode: string): boolean {
  return mode === '040000';
}

function encodeLine({ mode, name, oid }: TreeLine): Buffer {
  return Buffer.concat([Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(oid, 'hex')]);
}

function encodeCommit({
  tree,
  parents,
  author,
  committer,
  message,
}: Extract<GitObject, { kind: 'commit' }>): string {
  const people = [`author ${encodeSignature(author)}`, `committer ${encodeSignature(committer)}`];
  return [`tree ${tree}`, ...parents.map((parent) => `parent ${parent}`), ...people, '', message].join('\n');
}

function encodeSignature({ name, email, date }: Signature): string {
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
}
