import * as z from 'zod';
import { runBounded } from '../../../core/run-bounded.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { BLOB_FIELDS, blobText, objectSchema } from './blob-text.ts';
import { damaged } from './damaged.ts';
import type { TreeFile } from './read-tree.ts';
import { tooMuch } from './read-tree.ts';

const MOST_AT_ONCE = 4;
const MOST_IN_QUERY = 100;
/** Of files in one query; escaped as JSON they become larger, and an answer is at most 8 MiB. */
const MOST_QUERY_BYTES = 2 ** 20;
const MOST_BYTES = 2 ** 28;

const answerSchema = z.object({ repository: z.record(z.string(), objectSchema.nullable()) });

/** The texts of files, many in one query; more than 256 MiB in all are `unavailable`. Sorted by the bytes of their paths. */
export async function readBlobs(
  client: GitHubClient,
  files: readonly TreeFile[],
): Promise<ReadonlyMap<string, string>> {
  if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) throw tooMuch();
  const keyed = files.map((file) => ({ file, key: Buffer.from(file.path) }));
  const sorted = keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ file }) => file);
  const parts = await runBounded(batches(sorted), MOST_AT_ONCE, (batch) => readBatch(client, batch));
  return new Map(parts.flat());
}

async function readBatch(client: GitHubClient, files: readonly TreeFile[]): Promise<[string, string][]> {
  const variables = files.map((_, index) => `, $o${index}: GitObjectID!`).join('');
  const fields = files.map((_, index) => `b${index}: object(oid: $o${index}) { ${BLOB_FIELDS} }`).join(' ');
  const { data } = await client.graphql(
    `query readLedgerBlobs($owner: String!, $name: String!${variables}) {
      repository(owner: $owner, name: $name) { ${fields} }
    }`,
    {
      doing: 'read files of the ledger',
      variables: {
        owner: client.owner,
        name: client.repo,
        ...Object.fromEntries(files.map(({ oid }, index) => [`o${index}`, oid])),
      },
      schema: answerSchema,
    },
  );
  const texts: [string, string][] = [];
  for (const [index, { path }] of files.entries()) {
    const text = await blobText(client, data.repository[`b${index}`], { path, where: 'in the ledger' });
    if (text === undefined) throw damaged(path);
    texts.push([path, text]);
  }
  return texts;
}

/** Files that fit one query together, in their order. */
function batches(files: readonly TreeFile[]): TreeFile[][] {
  const all: TreeFile[][] = [];
  let room = 0;
  for (const file of files) {
    const last = all.at(-1);
    if (last !== undefined && last.length < MOST_IN_QUERY && file.size <= room) last.push(file);
    else {
      all.push([file]);
      room = MOST_QUERY_BYTES;
    }
    room -= file.size;
  }
  return all;
}
