import * as z from 'zod';
import type { Comments, ForgeComment } from '../../core/forge.ts';
import type { GitHubClient } from './client/github-client.ts';
import { unlessMissing } from './client/github-error.ts';
import { fitText } from './fit-text.ts';
import { forgeUserSchema, isSameUser } from './forge-user.ts';
import { ownLogin } from './own-login.ts';
import { retryAfterLook } from './retry-after-look.ts';

const ONE = 'issues/comments/{comment_id}';
const THREAD = 'issues/{issue_number}/comments';
const REPOSITORY = '/repos/{owner}/{repo}';
const MOST_CHARACTERS = 65_536;
const CUT_NOTE =
  '\n\n_The rest was left out: it is longer than a comment may be. The summary of the run holds all of it._\n';
const PAGE = 100;
const MOST_PAGES = 10;
/** A comment of HTML that is invisible on the page, alone on the first line. */
const MARKER = /^<!-- [^\n]{1,500}? -->/;

const commentSchema = z
  .object({
    id: z.int().positive(),
    user: forgeUserSchema,
    body: z.string().nullish(),
    created_at: z.string(),
    updated_at: z.string(),
    html_url: z.string(),
  })
  .transform((comment): ForgeComment => ({
    id: String(comment.id),
    author: comment.user,
    body: comment.body ?? '',
    createdAt: comment.created_at,
    updatedAt: comment.updated_at,
    url: comment.html_url,
  }));

/** Comments and reactions by REST, and by GraphQL the name of whose token it is. */
export function createComments(client: GitHubClient): Comments {
  const self = ownLogin(client);
  const post = async (thread: number, body: string) => {
    const { data } = await client.rest(`POST ${REPOSITORY}/${THREAD}`, {
      doing: `write a comment on #${thread}`,
      params: { issue_number: thread, body },
      schema: commentSchema,
    });
    return { id: data.id, url: data.url };
  };
  const findOwn: Comments['findOwn'] = async (thread, marker, since) => {
    const login = await self();
    const own = ({ author, body }: ForgeComment) => isSameUser(author, login) && body.startsWith(marker);
    return findComment(client, { thread, since, fits: own });
  };
  return {
    read: (id) => readComment(client, id),
    findOwn,
    create: (thread, body, since) => {
      const text = fitted(body);
      const [marker] = MARKER.exec(text) ?? [];
      const look = marker === undefined ? undefined : () => findOwn(thread, marker, since);
      return retryAfterLook(() => post(thread, text), look);
    },
    update: async (id, body) => {
      const changed = client.rest(`PATCH ${REPOSITORY}/${ONE}`, {
        doing: `change the comment ${id}`,
        params: { comment_id: id, body: fitted(body) },
        schema: z.unknown(),
        repeatable: true,
      });
      return (await unlessMissing(changed)) === undefined ? 'gone' : 'changed';
    },
    react: async (id, reaction) => {
      await client.rest(`POST ${REPOSITORY}/${ONE}/reactions`, {
        doing: `react to the comment ${id}`,
        params: { comment_id: id, content: reaction },
        schema: z.unknown(),
        repeatable: true,
      });
    },
  };
}

function fitted(body: string): string {
  return fitText(body, { limit: MOST_CHARACTERS, note: CUT_NOTE });
}

async function readComment(client: GitHubClient, id: string): Promise<ForgeComment | undefined> {
  const params = { comment_id: id };
  const asked = client.rest(`GET ${REPOSITORY}/${ONE}`, {
    doing: `read the comment ${id}`,
    params,
    schema: commentSchema,
  });
  return (await unlessMissing(asked))?.data;
}

/** The oldest comment of a thread that fits, among its first 1,000, or the first 1,000 that came or changed since then. */
async function findComment(
  client: GitHubClient,
  {
    thread,
    since,
    fits,
  }: { thread: number; since: string | undefined; fits: (comment: ForgeComment) => boolean },
): Promise<ForgeComment | undefined> {
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await client.rest(`GET ${REPOSITORY}/${THREAD}`, {
      doing: `read the comments of #${thread}`,
      params: { issue_number: thread, per_page: PAGE, page, ...(since === undefined ? {} : { since }) },
      schema: z.array(commentSchema),
    });
    const found = data.find(fits);
    if (found !== undefined || data.length < PAGE) return found;
  }
  return undefined;
}
