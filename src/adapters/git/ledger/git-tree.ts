/** One name in a tree: a file (`100644`), a folder (`40000`), or something that is not ours. */
export interface TreeEntry {
  mode: string;
  /** The bytes of the name, one a character (latin1): foreign names need not be UTF-8, and must survive. */
  name: string;
  id: string;
}

export const FILE_MODE = '100644';
export const FOLDER_MODE = '40000';

/** The entries of a tree object: `<mode> <name>\0<id bytes>`, again and again. `undefined` when it is cut short. */
export function parseTree(bytes: Buffer, idBytes: number): TreeEntry[] | undefined {
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length;) {
    const [space, zero] = [bytes.indexOf(0x20, at), bytes.indexOf(0, at)];
    const end = zero + 1 + idBytes;
    if (space < at || zero < space || end > bytes.length) return undefined;
    entries.push({
      mode: bytes.toString('latin1', at, space),
      name: bytes.toString('latin1', space + 1, zero),
      id: bytes.toString('hex', zero + 1, end),
    });
    at = end;
  }
  return entries;
}

/** A tree object of entries in any order; git wants them by bytes, a folder as if its name ended in `/`. */
export function encodeTree(entries: Iterable<TreeEntry>): Uint8Array {
  const keyed = [...entries].map((entry) => ({ entry, key: sortKey(entry) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return Buffer.concat(
    keyed.flatMap(({ entry }) => [
      Buffer.from(`${entry.mode} ${entry.name}\0`, 'latin1'),
      Buffer.from(entry.id, 'hex'),
    ]),
  );
}

/** The name as a listing shows it: UTF-8, and folders end in `/`. */
export function listedName(entry: TreeEntry): string {
  return Buffer.from(sortKey(entry), 'latin1').toString('utf8');
}

/** A UTF-8 name as entries hold it. */
export function entryName(name: string): string {
  return Buffer.from(name).toString('latin1');
}

function sortKey(entry: TreeEntry): string {
  return entry.mode === FOLDER_MODE ? `${entry.name}/` : entry.name;
}
