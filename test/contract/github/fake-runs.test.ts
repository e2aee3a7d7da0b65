import { describe, expect, it } from 'vitest';
import { clientOf, HERE, openFake } from './fake-desk.ts';

describe('deployments of the fake', () => {
  it('merge automatically and ask for all checks unless told not to', async () => {
    const github = await openFake();
    const { repos, checks } = clientOf(github).rest;
    github.openPull({ branch: 'old', files: { a: '1' } });
    const sha = github.push('main', { b: '1' });
    const ref = { ...HERE, ref: 'old', environment: 'production' };
    expect((await repos.createDeployment({ ...ref, required_contexts: [] })).status).toBe(202);
    await checks.create({ ...HERE, name: 'gate', head_sha: sha, conclusion: 'failure' });
    await expect(repos.createDeployment({ ...HERE, ref: sha })).rejects.toMatchObject({ status: 409 });
    const { status } = await repos.createDeployment({ ...ref, auto_merge: false, required_contexts: [] });
    expect(status).toBe(201);
    expect(github.deployments.size).toBe(1);
    expect(github.problems).toEqual([]);
  });

  it('retire earlier ones, but not in production', async () => {
    const github = await openFake();
    const { repos } = clientOf(github).rest;
    for (const environment of ['staging', 'production'])
      for (const state of ['success', 'success'] as const) {
        const given = { ...HERE, ref: 'main', environment, auto_merge: false, required_contexts: [] };
        const { data } = await repos.createDeployment(given);
        const deployment_id = 'id' in data ? data.id : 0;
        await repos.createDeploymentStatus({ ...HERE, deployment_id, state });
      }
    const states = [...github.statuses.values()].map(({ environment, state }) => `${environment} ${state}`);
    expect(states.filter((state) => state.endsWith('inactive'))).toEqual(['staging inactive']);
  });
});

describe('runs of the fake', () => {
  const inputs = { model: { required: true }, sha: { default: '' } };

  it('start by dispatch, with the inputs that the workflow declares', async () => {
    const github = await openFake();
    const { actions } = clientOf(github).rest;
    github.workflow('deploy.yml', {
      inputs,
      runName: ({ model }) => `deploy ${model}`,
      onDispatch: (run) => run.finish('success'),
    });
    const order = { ...HERE, workflow_id: 'deploy.yml', ref: 'main' };
    const { data, status } = await actions.createWorkflowDispatch({
      ...order,
      inputs: { model: 'bank' },
      return_run_details: true,
    } as typeof order);
    expect(status).toBe(200);
    const { workflow_run_id: run_id } = data as unknown as { workflow_run_id: number };
    const { data: run } = await actions.getWorkflowRun({ ...HERE, run_id });
    expect(run).toMatchObject({ display_title: 'deploy bank', conclusion: 'success', run_attempt: 1 });
    expect(github.runs.get(run_id)?.inputs).toEqual({ model: 'bank', sha: '' });
    github.rerun(run_id);
    const { data: again } = await actions.getWorkflowRun({ ...HERE, run_id });
    expect(again).toMatchObject({ status: 'queued', conclusion: null, run_attempt: 2 });
    const wrong = [
      [{ ...order, inputs: { other: 'x', model: 'bank' } }, 'Unexpected inputs provided: ["other"]'],
      [order, "Required input 'model' not provided"],
      [{ ...order, ref: 'none', inputs: { model: 'bank' } }, 'No ref found for: none'],
      [{ ...order, workflow_id: 'none.yml' }, 'Not Found'],
    ] as const;
    for (const [given, message] of wrong)
      await expect(actions.createWorkflowDispatch(given)).rejects.toMatchObject({
        message: expect.stringContaining(message),
      });
    expect(github.problems).toEqual([]);
  });

  it('come from servers that do not tell which run it is', async () => {
    const github = await openFake();
    const { actions } = clientOf(github).rest;
    const order = { ...HERE, ref: 'main', return_run_details: true };
    github.workflow('quiet.yml', { returnRunDetails: false });
    github.workflow('old.yml', { returnRunDetails: 'refused' });
    const quiet = await actions.createWorkflowDispatch({ ...order, workflow_id: 'quiet.yml' });
    expect(quiet.status).toBe(204);
    await expect(actions.createWorkflowDispatch({ ...order, workflow_id: 'old.yml' })).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('"return_run_details" is not a permitted key.'),
    });
    const { data } = await actions.listWorkflowRuns({
      ...HERE,
      workflow_id: 'quiet.yml',
      event: 'workflow_dispatch',
      created: `>=${new Date(Date.now() - 60_000).toISOString()}`,
    });
    expect(data.total_count).toBe(1);
    expect(github.problems).toEqual([]);
  });

  it('that fail in the handler are problems', async () => {
    const github = await openFake();
    const onDispatch = (): Promise<void> => Promise.reject(new Error('no runner'));
    github.workflow('deploy.yml', { onDispatch });
    const { actions } = clientOf(github).rest;
    await actions.createWorkflowDispatch({ ...HERE, workflow_id: 'deploy.yml', ref: 'main' });
    expect(github.problems).toEqual(['The handler of deploy.yml failed: Error: no runner']);
  });

  it('keep artifacts on another host, which must never see a token', async () => {
    const github = await openFake();
    const { actions } = clientOf(github).rest;
    const run = github.run({ workflow: 'gate.yml', event: 'pull_request', headRepository: 'eve/models' });
    const { id } = github.artifact(run.id, 'verdict', Buffer.from('PK'));
    const { data } = await actions.listWorkflowRunArtifacts({ ...HERE, run_id: run.id, name: 'verdict' });
    expect(data.artifacts).toMatchObject([{ id, size_in_bytes: 2, expired: false }]);
    const zip = await actions.downloadArtifact({ ...HERE, artifact_id: id, archive_format: 'zip' });
    expect(Buffer.from(zip.data as ArrayBuffer).toString()).toBe('PK');
    expect(github.problems).toEqual([]);
    const leak = await fetch(`${github.storage}/artifacts/${id}.zip?sig=${id}`, {
      headers: { authorization: 'Bearer ghs_x' },
    });
    expect(leak.status).toBe(401);
    expect(github.problems).toEqual([
      `An Authorization header was sent to the artifact storage: GET /artifacts/${id}.zip?sig=${id}.`,
    ]);
  });
});
