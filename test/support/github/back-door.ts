import { writeFileSync } from 'node:fs';
import type { GitHub } from './start-github.ts';
import type { UserRecord } from './records.ts';
import type { RestReply } from './rest/route.ts';
import type { SeenRequest } from './seen-request.ts';

/** What other processes can ask of a served fake beside GitHub's API; `state`: the file that `GET /_state` writes as well. */
export function answerBackDoor(
  github: GitHub,
  { method, path, body }: SeenRequest,
  state: string | undefined,
): RestReply {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  try {
    const answer = answerOf(github, `${method} ${path}`, given);
    if (path === '/_state' && state !== undefined) writeFileSync(state, JSON.stringify(answer, undefined, 2));
    return answer === undefined ? { status: 404 } : { status: 200, body: answer };
  } catch (cause) {
    return { status: 400, body: { message: String(cause) } };
  }
}

function answerOf(github: GitHub, request: string, given: Record<string, unknown>): unknown {
  switch (request) {
    case 'GET /_state':
      return snapshotOf(github);
    case 'POST /_token':
      return { token: github.token(given as Parameters<GitHub['token']>[0]) };
    case 'POST /_user': {
      const { login, ...user } = given as unknown as { login: string } & UserRecord;
      github.users.set(login, user);
      return user;
    }
    case 'POST /_comment': {
      const { thread, ...comment } = given as { thread?: number; login: string; body: string };
      return github.event(github.comment(thread, comment));
    }
    case 'POST /_pull':
      return pullEvent(github, github.openPull(given as unknown as Parameters<GitHub['openPull']>[0]).number);
    case 'POST /_merge': {
      const { number, ...how } = given as { number: number; login?: string; squash?: boolean };
      github.mergePull(number, how);
      return pullEvent(github, number);
    }
    case 'POST /_push': {
      const { branch = github.defaultBranch, files } = given as {
        branch?: string;
        files: Record<string, string>;
      };
      return { sha: github.push(branch, files) };
    }
    case 'POST /_run': {
      const run = github.run(given as unknown as Parameters<GitHub['run']>[0]);
      return { id: run.id, sha: run.sha };
    }
    case 'POST /_finish': {
      const { run, conclusion } = given as { run: number; conclusion: 'success' | 'failure' };
      github.runs.get(run)?.finish(conclusion);
      return { run, conclusion };
    }
    case 'POST /_artifact': {
      const { run, name, zip } = given as { run: number; name: string; zip: string };
      return { id: github.artifact(run, name, Buffer.from(zip, 'base64')).id };
    }
    default:
      return undefined;
  }
}

/** The `pull_request` payload, as for `opened` and `closed`. */
function pullEvent(github: GitHub, number: number): unknown {
  const pull = github.pullPayload(number);
  const action = pull['merged'] === true ? 'closed' : 'opened';
  const { user: sender, base } = pull as { user: unknown; base: { repo: unknown } };
  return { action, number, pull_request: pull, repository: base.repo, sender };
}

/** All that happened, as JSON: what a person sees on the pages, and what was wrong. */
function snapshotOf(github: GitHub): Record<string, unknown> {
  const list = (map: ReadonlyMap<unknown, unknown>): unknown[] => [...map.values()];
  return {
    issues: list(github.issues),
    pulls: list(github.pulls),
    comments: list(github.comments),
    reactions: list(github.reactions),
    deployments: list(github.deployments),
    statuses: list(github.statuses),
    checkRuns: list(github.checkRuns),
    runs: list(github.runs),
    artifacts: list(github.artifacts).map((artifact) => ({ ...(artifact as object), zip: undefined })),
    refs: Object.fromEntries(github.git.refs),
    requests: github.requests.map(({ method, path, status, graphql }) => ({
      method,
      path,
      status,
      operation: graphql?.operationName,
    })),
    problems: github.problems,
  };
}
