import * as z from 'zod';
import type { GitHubClient } from './client/github-client.ts';

const QUERY = 'query viewer { viewer { login } }';
const viewerSchema = z.object({ viewer: z.object({ login: z.string().min(1) }) });

/** Asks once whose token it is; after a failure it is asked again. REST cannot tell that for the token of a workflow. */
export function ownLogin(client: GitHubClient): () => Promise<string> {
  let known: Promise<string> | undefined;
  const ask = async () => {
    const { data } = await client.graphql(QUERY, { doing: 'tell whose token this is', schema: viewerSchema });
    return data.viewer.login;
  };
  return () =>
    (known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    }));
}
