import { KnownGoodError } from '../../../core/errors.ts';
import { seenName } from '../../../core/seen.ts';
import { ledgerPath } from './ledger-path.ts';

/** Files to write, as folders: a name leads to a text, or to a folder of more. */
export interface FolderPlan {
  files: Map<string, string>;
  folders: Map<string, FolderPlan>;
}

const MOST_BYTES = 2 ** 20;

/** The paths and texts of one append as a tree; an unsafe path, a text above 1 MiB, or a file that is a folder too is an `input` error. */
export function planFolder(files: Readonly<Record<string, string>>): FolderPlan {
  const root = emptyFolder();
  for (const [path, text] of Object.entries(files)) {
    const names = ledgerPath(path);
    if (Buffer.byteLength(text) > MOST_BYTES)
      throw new KnownGoodError('input', `${seenName(path)} is above 1 MiB, too large for the ledger.`);
    place(root, names, { path, text });
  }
  return root;
}

function place(root: FolderPlan, names: readonly string[], file: { path: string; text: string }): void {
  let folder = root;
  for (const name of names.slice(0, -1)) {
    const inside = folder.folders.get(name) ?? emptyFolder();
    if (folder.files.has(name)) throw twice(file.path);
    folder.folders.set(name, inside);
    folder = inside;
  }
  const name = names.at(-1) ?? '';
  if (folder.folders.has(name)) throw twice(file.path);
  folder.files.set(name, file.text);
}

function emptyFolder(): FolderPlan {
  return { files: new Map(), folders: new Map() };
}

function twice(path: string): KnownGoodError {
  return new KnownGoodError('input', `${seenName(path)} would be a file and a folder at once.`);
}
