import * as z from 'zod';
import type { GitHubClient } from './client/github-client.ts';

const repositorySchema = z.object({ default_branch: z.string().min(1) });

/** The short name of the repository's default branch, in one request. Rejects as the client does. */
export async function readDefaultBranch(client: GitHubClient): Promise<string> {
  const doing = "tell the repository's default branch";
  const { data } = await client.rest('GET /repos/{owner}/{repo}', { doing, schema: repositorySchema });
  return data.default_branch;
}
