import * as z from 'zod';
import type { Appended, Head } from '../../../core/ledger-store.ts';
import { runBounded } from '../../../core/run-bounded.ts';
import { GitHubError } from '../client/github-error.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { objectId } from './object-id.ts';

const MOST_AT_ONCE = 4;
const FILE_MODE = '100644';
const GIT = '/repos/{owner}/{repo}/git';
const DOING = 'begin the ledger';

const madeSchema = z.object({ sha: objectId });

/** A branch that is to begin with one commit of these files, and no history before it. */
export interface NewBranch {
  branch: string;
  files: Readonly<Record<string, string>>;
  /** One line. */
  message: string;
}

/**
 * Creates the branch if it does not exist: blobs, tree and root commit, which nobody sees, and then the ref, which GitHub creates for
 * exactly one of several. Everything but the ref can be made twice without harm.
 */
export async function createBranch(
  client: GitHubClient,
  { branch, files, message }: NewBranch,
): Promise<Appended> {
  const tree = await runBounded(Object.entries(files), MOST_AT_ONCE, async ([path, text]) => {
    const content = Buffer.from(text).toString('base64');
    const sha = await make(client, 'blobs', { content, encoding: 'base64' });
    return { path, mode: FILE_MODE, type: 'blob', sha };
  });
  const root = await make(client, 'trees', { tree });
  const commit = await make(client, 'commits', { message, tree: root, parents: [] });
  return createRef(client, { branch, commit: commit as Head });
}

async function make(
  client: GitHubClient,
  kind: 'blobs' | 'trees' | 'commits',
  params: Readonly<Record<string, unknown>>,
): Promise<string> {
  const request = { doing: DOING, params, schema: madeSchema, repeatable: true };
  return (await client.rest(`POST ${GIT}/${kind}`, request)).data.sha;
}

async function createRef(
  client: GitHubClient,
  { branch, commit }: { branch: string; commit: Head },
): Promise<Appended> {
  try {
    await client.rest(`POST ${GIT}/refs`, {
      doing: DOING,
      params: { ref: `refs/heads/${branch}`, sha: commit },
      schema: z.object({ object: z.object({ sha: z.literal(commit) }) }),
    });
    return { kind: 'appended', head: commit };
  } catch (error) {
    const exists = error instanceof GitHubError && error.status === 422 && /already exists/i.test(error.said);
    if (exists) return { kind: 'lost' };
    throw error;
  }
}
