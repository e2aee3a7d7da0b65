import { KnownGoodError } from '../../../core/errors.ts';
import type { Head } from '../../../core/ledger-store.ts';
import { seen, seenName } from '../../../core/seen.ts';
import { isObjectId } from './git-object.ts';
import { FOLDER_MODE, listedName, parseTree } from './git-tree.ts';
import type { TreeEntry } from './git-tree.ts';
import { ledgerFolder } from './ledger-path.ts';
import type { FoundObject } from './object-parser.ts';
import { exactText } from './object-reader.ts';
import type { ObjectReader } from './object-reader.ts';
import { MOST_TREE_BYTES, damaged } from './tree-builder.ts';

/** The largest file of a ledger that is read, in bytes. */
export const MOST_FILE_BYTES = 2 ** 20;

const MOST_COMMIT_BYTES = 2 ** 20;
const MOST_FILES = 1_000_000;
const MOST_BYTES = 2 ** 28;
const LINK_MODES: readonly string[] = ['120000', '160000'];

/** The text of a found file; `undefined` for nothing and for folders; bytes that are no UTF-8 are `unavailable`. */
export function fileText(found: FoundObject | undefined, path: string): string | undefined {
  if (found?.kind !== 'blob') return undefined;
  const text = exactText(found);
  if (text === undefined)
    throw new KnownGoodError(
      'unavailable',
      `${seenName(path)} in the ledger is no UTF-8 text: somebody else wrote it. Look at the branch's log.`,
    );
  return text;
}

/** The commit of a name, which may be a ref; `undefined` when there is none. */
export function findCommit(reader: ObjectReader, name: string): Promise<FoundObject | undefined> {
  return reader.find(`${name}^{commit}`, MOST_COMMIT_BYTES);
}

/** The entries of a folder at a head, in git's order; none where there is no such folder. A head that is not here is `unavailable`. */
export async function folderEntries(reader: ObjectReader, head: Head, folder: string): Promise<TreeEntry[]> {
  const names = ledgerFolder(folder);
  if (!isObjectId(head)) throw new KnownGoodError('input', `${seen(head)} is no head of a ledger.`);
  const [commit, tree] = await Promise.all([
    findCommit(reader, head),
    reader.find(`${head}${names.length === 0 ? '^{tree}' : `:${names.join('/')}`}`, MOST_TREE_BYTES),
  ]);
  if (commit === undefined)
    throw new KnownGoodError(
      'unavailable',
      `The ledger's commit ${head} is not in this repository; read the ledger again.`,
    );
  return tree?.kind === 'tree' ? treeEntries(tree, folder) : [];
}

/** All regular files below a folder, path → text, in the order of git; more than 256 MiB in all are `unavailable`. */
export async function folderFiles(
  reader: ObjectReader,
  head: Head,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const path = ledgerFolder(folder).join('/');
  const budget = { bytes: MOST_BYTES, files: MOST_FILES };
  const entries = await folderEntries(reader, head, folder);
  const found = await filesBelow({ reader, budget }, entries, path === '' ? '' : `${path}/`);
  return new Map(found);
}

interface Walk {
  reader: ObjectReader;
  budget: { bytes: number; files: number };
}

async function filesBelow(walk: Walk, entries: TreeEntry[], at: string): Promise<[string, string][]> {
  walk.budget.files -= entries.length;
  if (walk.budget.files < 0) throw tooMuch();
  const parts = entries
    .filter((entry) => !LINK_MODES.includes(entry.mode))
    .map((entry) => filesOf(walk, entry, at + listedName(entry)));
  return (await Promise.all(parts)).flat();
}

async function filesOf(walk: Walk, entry: TreeEntry, path: string): Promise<[string, string][]> {
  const isFolder = entry.mode === FOLDER_MODE;
  const found = await walk.reader.find(entry.id, isFolder ? MOST_TREE_BYTES : MOST_FILE_BYTES);
  if (found === undefined) throw damaged(path);
  walk.budget.bytes -= found.bytes.length;
  if (walk.budget.bytes < 0) throw tooMuch();
  if (isFolder) return filesBelow(walk, treeEntries(found, path), path);
  return [[path, fileText(found, path) ?? '']];
}

function treeEntries(tree: FoundObject, path: string): TreeEntry[] {
  const entries = parseTree(tree.bytes, tree.id.length / 2);
  if (tree.kind !== 'tree' || entries === undefined) throw damaged(path);
  return entries;
}

function tooMuch(): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    'The ledger holds more than 256 MiB or a million files, far more than Known Good writes: look at the branch.',
  );
}
