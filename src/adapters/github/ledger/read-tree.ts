import * as z from 'zod';
import { KnownGoodError } from '../../../core/errors.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { objectId } from './object-id.ts';

/** A file below a folder. `size` in bytes. */
export interface TreeFile {
  path: string;
  oid: string;
  size: number;
}

const entrySchema = z.object({
  path: z.string(),
  mode: z.string(),
  type: z.string(),
  sha: objectId,
  size: z.int().min(0).optional(),
});
const treeSchema = z.object({ tree: z.array(entrySchema), truncated: z.boolean() });
type TreeEntry = z.infer<typeof entrySchema>;

const MOST_FILES = 1_000_000;
const LINK = '120000';

/**
 * All regular files below a tree, `at` before their paths. GitHub cuts a recursive tree at 100,000 entries or 7 MB: then each folder is
 * read by itself, and one folder that is cut all the same is `unavailable`.
 */
export async function readTree(client: GitHubClient, oid: string, at: string): Promise<TreeFile[]> {
  const whole = await askTree(client, oid, true);
  if (!whole.truncated) return filesAmong(whole.tree, at);
  const files: TreeFile[] = [];
  const folders = [{ oid, at }];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const { tree, truncated } = await askTree(client, next.oid, false);
    if (truncated || files.length + tree.length > MOST_FILES) throw tooMuch();
    const { at: folder } = next;
    files.push(...filesAmong(tree, folder));
    const inside = tree.filter(({ type }) => type === 'tree');
    folders.push(...inside.map((entry) => ({ oid: entry.sha, at: `${folder}${entry.path}/` })));
  }
  return files;
}

/** The error for a ledger that is larger than any of ours. */
export function tooMuch(): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    'The ledger holds more than 256 MiB or a million files, far more than Known Good writes: look at the branch.',
  );
}

async function askTree(
  client: GitHubClient,
  oid: string,
  recursive: boolean,
): Promise<z.infer<typeof treeSchema>> {
  const { data } = await client.rest('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
    doing: 'list the files of the ledger',
    params: { tree_sha: oid, ...(recursive ? { recursive: '1' } : {}) },
    schema: treeSchema,
  });
  return data;
}

function filesAmong(tree: readonly TreeEntry[], at: string): TreeFile[] {
  return tree
    .filter(({ type, mode }) => type === 'blob' && mode !== LINK)
    .map(({ path, sha, size = 0 }) => ({ path: `${at}${path}`, oid: sha, size }));
}
