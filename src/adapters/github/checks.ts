import * as z from 'zod';
import type { Checks, CheckShown } from '../../core/forge.ts';
import type { GitHubClient } from './client/github-client.ts';
import { GitHubError } from './client/github-error.ts';
import { fitLine, fitText } from './fit-text.ts';
import { retryAfterLook } from './retry-after-look.ts';

const REPOSITORY = '/repos/{owner}/{repo}';
const PAGE = 100;
const MOST_TITLE = 255;
const MOST_SUMMARY = 65_535;
const CUT_NOTE =
  '\n\n_The rest was left out: it is longer than a check may be. The summary of the run holds all of it._\n';

const checkRunSchema = z.object({
  id: z.int().positive(),
  name: z.string(),
  external_id: z.string().nullish(),
});
const checkRunsSchema = z.object({ check_runs: z.array(checkRunSchema) });

/**
 * Completed check runs. The one of the same commit, name and external id is replaced; where that belongs to another app, which GitHub
 * does not let us change, ours appears beside it.
 */
export function createChecks(client: GitHubClient): Checks {
  return {
    show: async (check) => {
      const id = await findCheck(client, check);
      if (id !== undefined && (await replace(client, id, check))) return;
      const look = async () => {
        const made = await findCheck(client, check);
        return made === id ? undefined : made;
      };
      await retryAfterLook(() => create(client, check), look);
    },
  };
}

/** The newest check run of this name and external id at the commit. */
async function findCheck(
  client: GitHubClient,
  { sha, name, externalId }: CheckShown,
): Promise<number | undefined> {
  const { data } = await client.rest(`GET ${REPOSITORY}/commits/{ref}/check-runs`, {
    doing: `read the checks of ${sha}`,
    params: { ref: sha, check_name: name, filter: 'all', per_page: PAGE },
    schema: checkRunsSchema,
  });
  const same = data.check_runs.filter((run) => run.name === name && run.external_id === externalId);
  return same.map(({ id }) => id).toSorted((a, b) => b - a)[0];
}

async function replace(client: GitHubClient, id: number, check: CheckShown): Promise<boolean> {
  try {
    await client.rest(`PATCH ${REPOSITORY}/check-runs/{check_run_id}`, {
      doing: `change the check ${id}`,
      params: { check_run_id: id, ...contentOf(check) },
      schema: z.unknown(),
      repeatable: true,
    });
    return true;
  } catch (error) {
    if (error instanceof GitHubError && (error.status === 403 || error.status === 404)) return false;
    throw error;
  }
}

async function create(client: GitHubClient, check: CheckShown): Promise<number> {
  const { data } = await client.rest(`POST ${REPOSITORY}/check-runs`, {
    doing: `add a check to ${check.sha}`,
    params: { head_sha: check.sha, ...contentOf(check) },
    schema: checkRunSchema,
  });
  return data.id;
}

function contentOf({
  name,
  conclusion,
  title,
  summary,
  externalId,
  url,
}: CheckShown): Record<string, unknown> {
  const output = {
    title: fitLine(title, MOST_TITLE),
    summary: fitText(summary, { limit: MOST_SUMMARY, note: CUT_NOTE }),
  };
  const details = url === undefined ? {} : { details_url: url };
  return { name, external_id: externalId, status: 'completed', conclusion, output, ...details };
}
