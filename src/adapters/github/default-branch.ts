import * as z from 'zod';
import { KnownGoodError } from '../../core/errors.ts';
import type { DefaultBranch, DefaultBranchFile } from '../../core/forge.ts';
import type { GitHubClient } from './client/github-client.ts';
import { BLOB_FIELDS, blobText, objectSchema } from './ledger/blob-text.ts';
import { objectId } from './ledger/object-id.ts';

const QUERY = `query readDefaultBranch($owner: String!, $name: String!, $path: String!) {
  repository(owner: $owner, name: $name) {
    defaultBranchRef { name target { oid ... on Commit { file(path: $path) { object { ${BLOB_FIELDS} } } } } }
  }
}`;
const fileSchema = z.object({ object: objectSchema.nullable() });
const answerSchema = z.object({
  repository: z.object({
    defaultBranchRef: z
      .object({
        name: z.string().min(1),
        target: z.object({ oid: objectId, file: fileSchema.nullish() }),
      })
      .nullable(),
  }),
});

/** The default branch by the API: its name, its commit and a file's text come from one query, so they belong together. */
export function createDefaultBranch(client: GitHubClient): DefaultBranch {
  return { file: (path) => readFile(client, path) };
}

async function readFile(client: GitHubClient, path: string): Promise<DefaultBranchFile> {
  const { data } = await client.graphql(QUERY, {
    doing: 'read the default branch',
    variables: { owner: client.owner, name: client.repo, path },
    schema: answerSchema,
  });
  const branch = data.repository.defaultBranchRef;
  if (branch === null)
    throw new KnownGoodError(
      'unavailable',
      `${client.owner}/${client.repo} has no commit on its default branch yet: push one first.`,
    );
  const place = { path, where: 'on the default branch' };
  const text = await blobText(client, branch.target.file?.object, place);
  return { text, ref: `refs/heads/${branch.name}`, commit: branch.target.oid };
}
