import { createHash } from 'node:crypto';
import * as z from 'zod';
import { KnownGoodError } from '../../../core/errors.ts';
import { seenName } from '../../../core/seen.ts';
import type { GitHubClient } from '../client/github-client.ts';

/** The largest file that is read or written, in bytes. */
export const MOST_FILE_BYTES = 2 ** 20;

/** What `BLOB_FIELDS` bring: a blob, or another kind of object by its name alone. GitHub gives no text of a binary, and a cut one of a large blob. */
export const objectSchema = z.object({
  kind: z.string(),
  oid: z.string(),
  text: z.string().nullish(),
  byteSize: z.int().min(0).optional(),
});
export type FoundObject = z.infer<typeof objectSchema>;

/** The selection of a GraphQL query for one object. */
export const BLOB_FIELDS = 'kind: __typename oid ... on Blob { text byteSize }';

/** A file for a message: its path, and where it is, e.g. `in the ledger`. */
export interface FilePlace {
  path: string;
  where: string;
}

const blobSchema = z.object({ content: z.string(), encoding: z.literal('base64') });

/**
 * The text of a blob, exactly: what GraphQL shows counts only if it has the blob's own id, else the blob is read by REST. `undefined` for
 * nothing and for folders. Above 1 MiB, and bytes that are no UTF-8, are `unavailable`.
 */
export async function blobText(
  client: GitHubClient,
  found: FoundObject | null | undefined,
  place: FilePlace,
): Promise<string | undefined> {
  if (found?.kind !== 'Blob') return undefined;
  if ((found.byteSize ?? 0) > MOST_FILE_BYTES) throw tooLarge(place, found.byteSize ?? 0);
  if (typeof found.text === 'string' && blobId(Buffer.from(found.text)) === found.oid) return found.text;
  const bytes = await readBlob(client, found.oid, place);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new KnownGoodError(
      'unavailable',
      `${seenName(place.path)} ${place.where} is no UTF-8 text: somebody else wrote it. Look at the branch's log.`,
    );
  }
}

async function readBlob(client: GitHubClient, oid: string, place: FilePlace): Promise<Buffer> {
  const answer = await client.rest('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    doing: `read ${seenName(place.path)} ${place.where}`,
    params: { file_sha: oid },
    schema: blobSchema,
  });
  const bytes = Buffer.from(answer.data.content, 'base64');
  if (bytes.length > MOST_FILE_BYTES) throw tooLarge(place, bytes.length);
  if (blobId(bytes) === oid) return bytes;
  throw new KnownGoodError(
    'unavailable',
    `GitHub sent other bytes for ${seenName(place.path)} ${place.where} than its id says (${oid}); run it again.`,
  );
}

/** Git's name for these bytes as a file (gitformat-loose, "object names"). */
function blobId(bytes: Buffer): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

function tooLarge({ path, where }: FilePlace, bytes: number): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `${seenName(path)} ${where} has ${bytes} bytes, more than the 1 MiB that is read. Look at the branch's log.`,
  );
}
