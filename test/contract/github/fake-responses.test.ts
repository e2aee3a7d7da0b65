import { describe, expect, it } from 'vitest';
import { faultsOf, operationOf } from '../../support/github/openapi-subset.ts';
import { ROUTES } from '../../support/github/rest/routes.ts';
import type { GitHub } from '../../support/github/start-github.ts';
import { OPERATIONS } from '../../fixtures/github/operations.mjs';
import { ask, openFake } from './fake-desk.ts';

const REPOSITORY = '/repos/acme/models';

/** One call of each operation that succeeds: its path parameters, and what is sent. */
interface Example {
  params?: Readonly<Record<string, string | number>>;
  query?: string;
  body?: unknown;
}

describe('the routes of the fake', () => {
  it('are the operations of the subset', () => {
    expect(ROUTES.map(({ operation }) => operation).sort()).toEqual([...OPERATIONS].sort());
  });

  it('answer what the official description says', async () => {
    const github = await openFake({ users: { ann: { type: 'User', role: 'admin' } } });
    const examples = await scene(github);
    const faults: string[] = [];
    for (const operation of OPERATIONS) {
      const answer = await call(github, operation, examples[operation] ?? {});
      const described = operationOf(operation)?.responses[String(answer.status)];
      if (described === undefined) faults.push(`${operation}: ${answer.status} is not described`);
      else if (described.schema !== undefined)
        for (const fault of faultsOf(described.schema, answer.body, { closed: false }))
          faults.push(`${operation}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(github.problems).toEqual([]);
  });
});

async function call(
  github: GitHub,
  operation: string,
  { params = {}, query = '', body }: Example,
): Promise<{ status: number; body: unknown }> {
  const [method = '', template = ''] = operation.split(' ');
  const path = template
    .replace('/repos/{owner}/{repo}', REPOSITORY)
    .replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'none'));
  const person = PERSONAL.includes(operation);
  const token = github.token({ login: person ? 'ann' : 'github-actions[bot]' });
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await ask(github, `${path}${query}`, { method, token, ...sent });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** What no installation may ask, with the permissions that a workflow can have. */
const PERSONAL = [
  'GET /user',
  'GET /repos/{owner}/{repo}/actions/permissions/workflow',
  'GET /repos/{owner}/{repo}/branches/{branch}/protection',
];

/** A repository in which everything is there once. */
async function scene(github: GitHub): Promise<Record<string, Example>> {
  const first = github.head('main');
  const sha = github.push('main', { 'lanes/a.json': '{}' });
  const { number } = github.openPull({ branch: 'better', files: { a: '1' }, fork: 'eve/models' });
  const review = { id: 1, pull: number, login: 'ann', state: 'APPROVED', commit: sha, body: '' } as const;
  github.reviews.set(1, { ...review, submittedAt: '2026-01-01T00:00:00Z' });
  const comment = github.comment(number, { login: 'ann', body: '/help' });
  github.workflow('deploy.yml');
  github.environments.set('production', { protectionRules: [] });
  github.protection.add('main');
  const run = github.run({ workflow: 'deploy.yml', headRepository: 'eve/models' });
  const artifact = github.artifact(run.id, 'verdict', Buffer.from('PK'));
  github.rules.set('main', [{ type: 'creation' }, { type: 'deletion' }]);
  const tree = github.git.get(sha, 'commit')?.tree ?? '';
  const check = await made(github, `${REPOSITORY}/check-runs`, {
    name: 'gate',
    head_sha: sha,
    status: 'queued',
  });
  const deployment = await made(github, `${REPOSITORY}/deployments`, {
    ref: sha,
    auto_merge: false,
    required_contexts: [],
    payload: { seq: 1 },
  });
  const blob = github.git.put({ kind: 'blob', bytes: Buffer.from('x') });
  const thread = { params: { issue_number: number, pull_number: number } };
  const R = '/repos/{owner}/{repo}';
  return {
    [`GET ${R}/collaborators/{username}/permission`]: { params: { username: 'ann' } },
    [`GET ${R}/contents/{path}`]: { params: { path: 'lanes/a.json' } },
    [`GET ${R}/compare/{basehead}`]: { params: { basehead: `${first}...${sha}` } },
    [`GET ${R}/rules/branches/{branch}`]: { params: { branch: 'main' } },
    [`GET ${R}/branches/{branch}/protection`]: { params: { branch: 'main' } },
    [`GET ${R}/environments/{environment_name}`]: { params: { environment_name: 'production' } },
    [`GET ${R}/commits/{ref}`]: { params: { ref: 'main' } },
    [`GET ${R}/commits/{ref}/check-runs`]: { params: { ref: sha } },
    [`GET ${R}/commits/{commit_sha}/pulls`]: {
      params: { commit_sha: github.pulls.get(number)?.head.sha ?? '' },
    },
    [`POST ${R}/git/blobs`]: { body: { content: 'x' } },
    [`GET ${R}/git/blobs/{file_sha}`]: { params: { file_sha: blob } },
    [`POST ${R}/git/trees`]: { body: { tree: [{ path: 'b', mode: '100644', type: 'blob', sha: blob }] } },
    [`GET ${R}/git/trees/{tree_sha}`]: { params: { tree_sha: tree }, query: '?recursive=1' },
    [`POST ${R}/git/commits`]: { body: { message: 'x', tree, parents: [sha] } },
    [`GET ${R}/git/commits/{commit_sha}`]: { params: { commit_sha: sha } },
    [`POST ${R}/git/refs`]: { body: { ref: 'refs/heads/new', sha: first } },
    [`PATCH ${R}/git/refs/{ref}`]: { params: { ref: 'heads/new' }, body: { sha } },
    [`GET ${R}/git/ref/{ref}`]: { params: { ref: 'heads/main' } },
    [`GET ${R}/issues/comments/{comment_id}`]: { params: { comment_id: comment.id } },
    [`PATCH ${R}/issues/comments/{comment_id}`]: { params: { comment_id: comment.id }, body: { body: 'y' } },
    [`GET ${R}/issues/comments/{comment_id}/reactions`]: { params: { comment_id: comment.id } },
    [`POST ${R}/issues/comments/{comment_id}/reactions`]: {
      params: { comment_id: comment.id },
      body: { content: 'eyes' },
    },
    [`GET ${R}/issues/{issue_number}`]: thread,
    [`GET ${R}/issues/{issue_number}/comments`]: thread,
    [`POST ${R}/issues/{issue_number}/comments`]: { ...thread, body: { body: 'x' } },
    [`GET ${R}/pulls/{pull_number}`]: thread,
    [`GET ${R}/pulls/{pull_number}/reviews`]: thread,
    [`POST ${R}/deployments`]: { body: { ref: sha, auto_merge: false, required_contexts: [] } },
    [`GET ${R}/deployments/{deployment_id}/statuses`]: { params: { deployment_id: deployment } },
    [`POST ${R}/deployments/{deployment_id}/statuses`]: {
      params: { deployment_id: deployment },
      body: { state: 'success', auto_inactive: false, log_url: 'https://ci.example/1' },
    },
    [`POST ${R}/check-runs`]: { body: { name: 'gate', head_sha: sha } },
    [`GET ${R}/check-runs/{check_run_id}`]: { params: { check_run_id: check } },
    [`PATCH ${R}/check-runs/{check_run_id}`]: {
      params: { check_run_id: check },
      body: { conclusion: 'success' },
    },
    [`GET ${R}/actions/workflows/{workflow_id}`]: { params: { workflow_id: 'deploy.yml' } },
    [`POST ${R}/actions/workflows/{workflow_id}/dispatches`]: {
      params: { workflow_id: 'deploy.yml' },
      body: { ref: 'main', inputs: { model: 'bank' }, return_run_details: true },
    },
    [`GET ${R}/actions/workflows/{workflow_id}/runs`]: { params: { workflow_id: 'deploy.yml' } },
    [`GET ${R}/actions/runs/{run_id}`]: { params: { run_id: run.id } },
    [`POST ${R}/actions/runs/{run_id}/cancel`]: { params: { run_id: run.id } },
    [`GET ${R}/actions/runs/{run_id}/artifacts`]: { params: { run_id: run.id } },
    [`GET ${R}/actions/artifacts/{artifact_id}`]: { params: { artifact_id: artifact.id } },
    [`GET ${R}/actions/artifacts/{artifact_id}/{archive_format}`]: {
      params: { artifact_id: artifact.id, archive_format: 'zip' },
    },
  };
}

async function made(github: GitHub, path: string, body: unknown): Promise<number> {
  const answer = await ask(github, path, { method: 'POST', body: JSON.stringify(body) });
  return ((await answer.json()) as { id: number }).id;
}
