import * as z from 'zod';
import type { Appended, Head } from '../../../core/ledger-store.ts';
import { GitHubError } from '../client/github-error.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { objectId } from './object-id.ts';

const MUTATION = `mutation appendToLedger($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;
const answerSchema = z.object({
  createCommitOnBranch: z.object({ commit: z.object({ oid: objectId }) }),
});

/** Files on top of exactly one head of a branch. */
export interface BranchCommit {
  branch: string;
  parent: Head;
  files: Readonly<Record<string, string>>;
  /** One line. */
  message: string;
}

/** Commits with GitHub's compare-and-swap: `lost` when the branch is not at `parent`. After any rejection it is unknown whether it happened. */
export async function commitOnBranch(
  client: GitHubClient,
  { branch, parent, files, message }: BranchCommit,
): Promise<Appended> {
  const additions = Object.entries(files).map(([path, text]) => ({
    path,
    contents: Buffer.from(text).toString('base64'),
  }));
  const input = {
    branch: { repositoryNameWithOwner: `${client.owner}/${client.repo}`, branchName: branch },
    message: { headline: message },
    expectedHeadOid: parent,
    fileChanges: { additions },
  };
  try {
    const answer = await client.graphql(MUTATION, {
      doing: 'append to the ledger',
      variables: { input },
      schema: answerSchema,
    });
    return { kind: 'appended', head: answer.data.createCommitOnBranch.commit.oid as Head };
  } catch (error) {
    if (error instanceof GitHubError && isStale(error)) return { kind: 'lost' };
    throw error;
  }
}

function isStale({ kinds, said }: GitHubError): boolean {
  return kinds.includes('STALE_DATA') || /expected branch to point to/i.test(said);
}
