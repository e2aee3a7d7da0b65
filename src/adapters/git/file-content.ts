import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Digest } from '../../core/digest.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { FileContent } from '../../core/ports.ts';
import { nodeFiles } from '../files/node-files.ts';
import { openTable } from '../tables/open-table.ts';
import { DEFAULT_TABLE_LIMITS } from '../tables/table-limits.ts';

/** A pointer of git-LFS (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md) names the digest of the file that it stands for. */
const LFS_POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:.*\n)*?oid (sha256:[0-9a-f]{64})\n/;
const MOST_POINTER_BYTES = 1024;

/** Digests of a file of this machine; `undefined` when there is none. */
export async function fileContent(path: string): Promise<FileContent | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  const pointer = await nodeFiles.readText(path, MOST_POINTER_BYTES).catch(() => undefined);
  const oid = pointer === undefined ? undefined : LFS_POINTER.exec(pointer)?.[1];
  if (oid !== undefined) return { bytes: parseDigest(oid), text: undefined };
  return { bytes: await nodeFiles.digest(path), text: await textDigest(path) };
}

/** The digest of a table as it reads: unpacked, and the same on every platform that git writes line ends for. */
async function textDigest(path: string): Promise<Digest | undefined> {
  const sha256 = createHash('sha256');
  let held = '';
  try {
    for await (const chunk of openTable(path, DEFAULT_TABLE_LIMITS)) {
      const text = held + chunk.toString('latin1');
      held = text.endsWith('\r') ? '\r' : '';
      sha256.update(text.slice(0, text.length - held.length).replaceAll('\r\n', '\n'), 'latin1');
    }
  } catch (error) {
    if (error instanceof KnownGoodError) return undefined;
    throw error;
  }
  return parseDigest(`sha256:${sha256.update(held, 'latin1').digest('hex')}`);
}
