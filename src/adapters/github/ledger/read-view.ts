import * as z from 'zod';
import type { Head } from '../../../core/ledger-store.ts';
import { runBounded } from '../../../core/run-bounded.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { BLOB_FIELDS, blobText, objectSchema } from './blob-text.ts';
import type { FoundObject } from './blob-text.ts';
import { objectId } from './object-id.ts';

/** The files of one commit, as objects yet to be read. */
export interface FoundFiles {
  head: Head;
  objects: ReadonlyMap<string, FoundObject | undefined>;
}

/** A state of a lane has up to 200 KB, and an answer 8 MiB. */
const MOST_PATHS = 20;
const MOST_AT_ONCE = 4;

const entrySchema = z.object({ object: objectSchema.nullable() }).nullable();
const commitSchema = z.object({ kind: z.literal('Commit'), oid: objectId }).catchall(entrySchema);
const branchSchema = z.object({
  repository: z.object({ ref: z.object({ target: commitSchema }).nullable() }),
});
const commitAnswer = z.object({ repository: z.object({ commit: commitSchema }) });

/**
 * The branch's head and the objects at some paths of it, in one query for up to 20 paths; more are read from the commit that the first
 * query saw. `undefined` when there is no such branch.
 */
export async function findFiles(
  client: GitHubClient,
  branch: string,
  paths: readonly string[],
): Promise<FoundFiles | undefined> {
  const first = paths.slice(0, MOST_PATHS);
  const { data } = await client.graphql(
    `query readLedger($owner: String!, $name: String!, $ref: String!${declared(first)}) {
      repository(owner: $owner, name: $name) { ref(qualifiedName: $ref) { target { ${selected(first)} } } }
    }`,
    {
      doing: 'read the ledger',
      variables: { ...names(client), ref: `refs/heads/${branch}`, ...values(first) },
      schema: branchSchema,
    },
  );
  const commit = data.repository.ref?.target;
  if (commit === undefined) return undefined;
  const more = await runBounded(chunks(paths.slice(MOST_PATHS)), MOST_AT_ONCE, (some) =>
    findAt(client, commit.oid, some),
  );
  const objects = new Map([...objectsOf(commit, first), ...more.flat()]);
  return { head: commit.oid as Head, objects };
}

/** The texts of found files; `undefined` for what is not there, and for folders. */
export async function textsOf(
  client: GitHubClient,
  { objects }: FoundFiles,
): Promise<Readonly<Record<string, string | undefined>>> {
  const texts = await runBounded([...objects], MOST_AT_ONCE, async ([path, object]) => {
    const text = await blobText(client, object, { path, where: 'in the ledger' });
    return [path, text] as const;
  });
  return Object.fromEntries(texts);
}

type Found = [path: string, object: FoundObject | undefined];

async function findAt(client: GitHubClient, oid: string, paths: readonly string[]): Promise<Found[]> {
  const { data } = await client.graphql(
    `query readLedgerFiles($owner: String!, $name: String!, $oid: GitObjectID!${declared(paths)}) {
      repository(owner: $owner, name: $name) { commit: object(oid: $oid) { ${selected(paths)} } }
    }`,
    {
      doing: 'read files of the ledger',
      variables: { ...names(client), oid, ...values(paths) },
      schema: commitAnswer,
    },
  );
  return objectsOf(data.repository.commit, paths);
}

function objectsOf(commit: z.infer<typeof commitSchema>, paths: readonly string[]): Found[] {
  return paths.map((path, index) => {
    const entry = (commit as Readonly<Record<string, unknown>>)[`f${index}`] as z.infer<typeof entrySchema>;
    return [path, entry?.object ?? undefined];
  });
}

function declared(paths: readonly string[]): string {
  return paths.map((_, index) => `, $p${index}: String!`).join('');
}

function selected(paths: readonly string[]): string {
  const files = paths.map((_, index) => `f${index}: file(path: $p${index}) { object { ${BLOB_FIELDS} } }`);
  return `kind: __typename oid${files.length === 0 ? '' : ` ... on Commit { ${files.join(' ')} }`}`;
}

function values(paths: readonly string[]): Record<string, string> {
  return Object.fromEntries(paths.map((path, index) => [`p${index}`, path]));
}

function names({ owner, repo }: GitHubClient): { owner: string; name: string } {
  return { owner, name: repo };
}

function chunks(paths: readonly string[]): string[][] {
  const count = Math.ceil(paths.length / MOST_PATHS);
  return Array.from({ length: count }, (_, at) => paths.slice(at * MOST_PATHS, (at + 1) * MOST_PATHS));
}
