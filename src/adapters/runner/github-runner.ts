import type { Producer } from '../../core/ports.ts';

/**
 * Who runs us, from GitHub Actions' default variables; on a laptop only the tool. Where GitHub's ref hides that it is about a pull request (the base
 * branch of `pull_request_target`, the branch of a merge queue), the ref is the pull request's: nothing found there is ever evidence.
 */
export function describeProducer(env: Readonly<Record<string, string | undefined>>, tool: string): Producer {
  const run = env['GITHUB_RUN_ID'];
  const url =
    run === undefined
      ? undefined
      : `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs/${run}`;
  const fields = {
    repository: env['GITHUB_REPOSITORY'],
    ref: refOf(env),
    sha: env['GITHUB_SHA'],
    workflow: env['GITHUB_WORKFLOW_REF'],
    run: url,
  };
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return { tool, ...Object.fromEntries(present) };
}

/** A merge queue's branch ends in the pull request's number and a commit. */
const QUEUE = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]+$/;

function refOf(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { GITHUB_REF: ref, GITHUB_EVENT_NAME: event, GITHUB_HEAD_REF: head } = env;
  if (event === 'pull_request_target') return `refs/pull/${head || 'unknown'}`;
  const queued = QUEUE.exec(ref ?? '')?.[1];
  if (queued !== undefined) return `refs/pull/${queued}/queue`;
  return event === 'merge_group' ? 'refs/pull/unknown' : ref;
}
