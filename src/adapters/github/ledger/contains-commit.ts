import * as z from 'zod';
import type { Head } from '../../../core/ledger-store.ts';
import { unlessMissing } from '../client/github-error.ts';
import type { GitHubClient } from '../client/github-client.ts';
import { findFolder } from './find-folder.ts';
import { isObjectId } from './object-id.ts';

const comparedSchema = z.object({ status: z.enum(['ahead', 'behind', 'diverged', 'identical']) });

/**
 * Whether a commit is `head` or lies before it. Only whole names count; anything else, and a commit that GitHub does not have or that
 * shares no history with `head`, is false. A head that GitHub does not have is `unavailable`.
 */
export async function containsCommit(client: GitHubClient, head: Head, ancestor: string): Promise<boolean> {
  if (!isObjectId(ancestor) || !isObjectId(head)) return false;
  const compared = await unlessMissing(
    client.rest('GET /repos/{owner}/{repo}/compare/{basehead}', {
      doing: 'compare two states of the ledger',
      // The second page alone leaves out the changed files, which nobody looks at here.
      params: { basehead: `${ancestor}...${head}`, per_page: 1, page: 2 },
      schema: comparedSchema,
    }),
  );
  if (compared !== undefined) return compared.data.status === 'ahead' || compared.data.status === 'identical';
  await findFolder(client, head, '');
  return false;
}
