import * as z from 'zod';
import type { Pulls, PullRequest } from '../../core/forge.ts';
import type { GitHubClient } from './client/github-client.ts';
import { GitHubError, unlessMissing } from './client/github-error.ts';
import { forgeUserSchema } from './forge-user.ts';

const REPOSITORY = '/repos/{owner}/{repo}';
const PAGE = 100;

const pullSchema = z
  .object({
    number: z.int().positive(),
    state: z.enum(['open', 'closed']),
    merged: z.boolean().optional(),
    merged_at: z.string().nullish(),
    merge_commit_sha: z.string().nullish(),
    head: z.object({ sha: z.string(), ref: z.string(), repo: z.object({ full_name: z.string() }).nullish() }),
    base: z.object({ sha: z.string(), ref: z.string() }),
    user: forgeUserSchema,
    html_url: z.string(),
  })
  .transform((pull): PullRequest => {
    // Lists say when it was merged instead of whether; an open one has the commit of a trial merge.
    const merged = pull.merged ?? typeof pull.merged_at === 'string';
    return {
      number: pull.number,
      state: pull.state,
      mergeCommit: merged ? (pull.merge_commit_sha ?? undefined) : undefined,
      head: { sha: pull.head.sha, ref: pull.head.ref, repository: pull.head.repo?.full_name },
      base: { sha: pull.base.sha, ref: pull.base.ref },
      author: pull.user,
      url: pull.html_url,
    };
  });

/** Pull requests by REST. */
export function createPulls(client: GitHubClient): Pulls {
  return {
    read: async (number) => {
      const asked = client.rest(`GET ${REPOSITORY}/pulls/{pull_number}`, {
        doing: `read the pull request #${number}`,
        params: { pull_number: number },
        schema: pullSchema,
      });
      return (await unlessMissing(asked))?.data;
    },
    openFrom: async ({ owner, branch, sha }) => {
      const { data } = await client.rest(`GET ${REPOSITORY}/pulls`, {
        doing: 'list the open pull requests',
        params: { head: `${owner}:${branch}`, state: 'open', per_page: PAGE },
        schema: z.array(pullSchema),
      });
      return onlyFrom(data, { owner, branch, sha });
    },
    ofCommit: async (sha) => pullOf(await pullsWith(client, sha), sha),
  };
}

/** The one open pull request from a head. GitHub passes over a filter that it does not understand, so everything is compared again. */
function onlyFrom(
  pulls: readonly PullRequest[],
  { owner, branch, sha }: { owner: string; branch: string; sha: string },
): PullRequest | undefined {
  const [found, second] = pulls.filter(({ state, head }) => {
    const from = head.repository?.split('/')[0]?.toLowerCase();
    return state === 'open' && head.sha === sha && head.ref === branch && from === owner.toLowerCase();
  });
  return second === undefined ? found : undefined;
}

/** The one that was merged as this commit, else the one whose head it is, an open one first: several of a kind are as good as none. */
function pullOf(pulls: readonly PullRequest[], sha: string): PullRequest | undefined {
  const merged = pulls.filter(({ mergeCommit }) => mergeCommit === sha);
  const heads = pulls.filter(({ head }) => head.sha === sha);
  const open = heads.filter(({ state }) => state === 'open');
  const candidates = [merged, open, heads].find((each) => each.length > 0) ?? [];
  return candidates.length === 1 ? candidates[0] : undefined;
}

async function pullsWith(client: GitHubClient, sha: string): Promise<readonly PullRequest[]> {
  try {
    const asked = client.rest(`GET ${REPOSITORY}/commits/{commit_sha}/pulls`, {
      doing: `look for the pull request of ${sha}`,
      params: { commit_sha: sha, per_page: PAGE },
      schema: z.array(pullSchema),
    });
    return (await asked).data;
  } catch (error) {
    // 422 is what GitHub says of a commit that it does not know.
    if (error instanceof GitHubError && (error.status === 404 || error.status === 422)) return [];
    throw error;
  }
}
