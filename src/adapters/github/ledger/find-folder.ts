import * as z from 'zod';
import { KnownGoodError } from '../../../core/errors.ts';
import type { Head } from '../../../core/ledger-store.ts';
import { seen } from '../../../core/seen.ts';
import { ledgerFolder } from '../../git/ledger/ledger-path.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { isObjectId, objectId } from './object-id.ts';

/** One name of a folder: a file (`blob`), a folder (`tree`), or a submodule (`commit`). */
const entrySchema = z.object({ name: z.string(), type: z.string() });
const folderSchema = z.object({
  oid: objectId,
  entries: z.array(entrySchema).nullish(),
});
const answerSchema = z.object({
  repository: z.object({
    commit: z.object({ kind: z.string() }).nullable(),
    folder: folderSchema.nullable(),
  }),
});

const QUERY = `query readLedgerFolder($owner: String!, $name: String!, $head: GitObjectID!, $folder: String!) {
  repository(owner: $owner, name: $name) {
    commit: object(oid: $head) { kind: __typename }
    folder: object(expression: $folder) { oid ... on Tree { entries { name type } } }
  }
}`;

/** A folder of the ledger: its tree's id, its path with a slash at the end (empty for the root), and what is directly in it. */
export interface FoundFolder {
  oid: string;
  path: string;
  entries: readonly { name: string; type: string }[];
}

/** A folder at a head; `undefined` when there is none, or a file instead. A head that GitHub does not have is `unavailable`. */
export async function findFolder(
  client: GitHubClient,
  head: Head,
  folder: string,
): Promise<FoundFolder | undefined> {
  const path = ledgerFolder(folder).join('/');
  if (!isObjectId(head)) throw new KnownGoodError('input', `${seen(head)} is no head of a ledger.`);
  const { data } = await client.graphql(QUERY, {
    doing: 'read a folder of the ledger',
    variables: { owner: client.owner, name: client.repo, head, folder: `${head}:${path}` },
    schema: answerSchema,
  });
  if (data.repository.commit?.kind !== 'Commit') throw missingHead(head);
  const found = data.repository.folder;
  if (found?.entries === undefined || found.entries === null) return undefined;
  return { oid: found.oid, path: path === '' ? '' : `${path}/`, entries: found.entries };
}

/** The error for a commit of the ledger that the repository does not have. */
export function missingHead(head: Head): KnownGoodError {
  return new KnownGoodError(
    'unavailable',
    `The ledger's commit ${head} is not in this repository; read the ledger again.`,
  );
}

/** The names of a folder as a listing shows them: by bytes, folders with a slash at their end. */
export function listedNames({ entries }: FoundFolder): string[] {
  const names = entries.map(({ name, type }) => (type === 'tree' ? `${name}/` : name));
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
