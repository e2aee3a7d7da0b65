import { KnownGoodError } from '../../../core/errors.ts';
import { seenName } from '../../../core/seen.ts';
import { gitObject } from './git-object.ts';
import type { GitObject } from './git-object.ts';
import { FILE_MODE, FOLDER_MODE, encodeTree, entryName, parseTree } from './git-tree.ts';
import type { TreeEntry } from './git-tree.ts';
import type { ObjectReader } from './object-reader.ts';
import type { LedgerRepository } from './open-repository.ts';
import type { FolderPlan } from './plan-folder.ts';

/** The largest tree that is read, in bytes: room for 100,000 names. */
export const MOST_TREE_BYTES = 2 ** 24;

/** Reads the folders that an append touches, and makes the blobs and trees to write: files and new folders first, the root last. */
export class TreeBuilder {
  readonly objects: GitObject[] = [];
  private readonly reader: ObjectReader;
  private readonly repository: LedgerRepository;

  constructor(reader: ObjectReader, repository: LedgerRepository) {
    this.reader = reader;
    this.repository = repository;
  }

  /** The id of the folder as it becomes; `id` is the folder as it is, `undefined` for a new one. Nothing is ever dropped. */
  async graft(plan: FolderPlan, id: string | undefined, path: string): Promise<string> {
    const entries = new Map((await this.entriesOf(id, path)).map((entry) => [entry.name, entry]));
    for (const [name, inside] of plan.folders) {
      const [key, at] = [entryName(name), `${path}${name}/`];
      const old = entries.get(key);
      if (old !== undefined && old.mode !== FOLDER_MODE) throw misplaced(at);
      entries.set(key, { mode: FOLDER_MODE, name: key, id: await this.graft(inside, old?.id, at) });
    }
    for (const [name, text] of plan.files) {
      const key = entryName(name);
      if (entries.get(key)?.mode === FOLDER_MODE) throw misplaced(`${path}${name}`);
      entries.set(key, { mode: FILE_MODE, name: key, id: this.add('blob', Buffer.from(text)) });
    }
    return this.add('tree', encodeTree(entries.values()));
  }

  /** Adds an object to those to write, and returns its id. */
  add(kind: GitObject['kind'], bytes: Uint8Array): string {
    const object = gitObject(this.repository.format, kind, bytes);
    this.objects.push(object);
    return object.id;
  }

  private async entriesOf(id: string | undefined, path: string): Promise<TreeEntry[]> {
    if (id === undefined) return [];
    const found = await this.reader.find(id, MOST_TREE_BYTES);
    const entries = found?.kind === 'tree' ? parseTree(found.bytes, id.length / 2) : undefined;
    if (entries === undefined) throw damaged(path);
    return entries;
  }
}

/** The error for a folder of the ledger that git has no readable tree of. */
export function damaged(path: string): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `The ledger's folder ${seenName(path === '' ? '(root)' : path)} cannot be read; run git fsck to see what is missing.`,
  );
}

function misplaced(path: string): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `The ledger has a file where a folder belongs, or the reverse, at ${seenName(path)}: somebody else wrote it. Look at the branch's log.`,
  );
}
