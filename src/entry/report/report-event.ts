import * as z from 'zod';
import type { ReportEvent } from '../../app/pull-request-report/report-event.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { parseStrictJson } from '../../core/json.ts';
import { seen, seenPath } from '../../core/seen.ts';

const repository = z.object({ full_name: z.string() }).nullish();
const sha = z.string().regex(/^[0-9a-f]{40}$/);

const pullPayload = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ sha, repo: repository }),
  }),
});

const runPayload = z.object({
  workflow_run: z.object({
    id: z.int().positive(),
    event: z.string(),
    conclusion: z.string().nullish(),
    head_sha: sha,
    head_branch: z.string().nullish(),
    head_repository: z
      .object({ full_name: z.string(), owner: z.object({ login: z.string() }).nullish() })
      .nullish(),
    repository: z.object({ full_name: z.string() }),
    html_url: z.string(),
  }),
});

/** Most bytes of an event's payload: what GitHub delivers. */
export const MOST_EVENT_BYTES = 25 * 2 ** 20;

/**
 * What started this run, from the payload that GitHub wrote. Only pull requests and runs that ended have one that is read. A payload that is
 * not like GitHub's is an `input` error.
 */
export function parseReportEvent(name: string, payload: string | undefined): ReportEvent {
  if (name.startsWith('pull_request')) {
    const { pull_request: pull } = parsed(pullPayload, name, payload);
    return {
      kind: 'pull',
      number: pull.number,
      headSha: pull.head.sha,
      headRepository: pull.head.repo?.full_name,
    };
  }
  if (name !== 'workflow_run') return { kind: 'other', name };
  const { workflow_run: run } = parsed(runPayload, name, payload);
  return {
    kind: 'run',
    id: String(run.id),
    repository: run.repository.full_name,
    event: run.event,
    conclusion: run.conclusion ?? undefined,
    head: {
      repository: run.head_repository?.full_name,
      owner: run.head_repository?.owner?.login,
      branch: run.head_branch ?? '',
      sha: run.head_sha,
    },
    url: run.html_url,
  };
}

function parsed<T>(schema: z.ZodType<T>, name: string, payload: string | undefined): T {
  if (payload === undefined)
    throw new KnownGoodError(
      'input',
      `There is no payload of the event ${seen(name)} (GITHUB_EVENT_PATH), so nobody can tell which pull request is meant.`,
    );
  const json = parseStrictJson(payload, { name: 'the event', maxBytes: MOST_EVENT_BYTES });
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new KnownGoodError(
    'input',
    `The payload of the event ${seen(name)} is not like GitHub's: ${seenPath(issue?.path ?? [])}: ${issue?.message ?? 'it differs'}.`,
  );
}
