import { describe, expect, it } from 'vitest';
import type { Deploy } from '../../../src/core/policy.ts';
import type { RunRecord } from '../../support/github/records.ts';
import { how, request, scene, title } from './deployer-desk.ts';

describe('a deployment by a workflow', () => {
  it('passes exactly the fixed inputs, all of them strings', async () => {
    const { deploy, runs } = await scene();
    expect(await deploy({ stillOpen: () => Promise.resolve(true) })).toEqual({ kind: 'deployed' });
    expect(runs()).toMatchObject([{ branch: 'main', title: 'deploy bank/prod #12 1.8.0 op-12' }]);
    expect(runs()[0]?.inputs).toEqual({
      model: 'bank',
      environment: 'prod',
      image: 'ghcr.io/acme/bank',
      digest: request.digest,
      sha: 'a'.repeat(40),
      version: '1.8.0',
      seq: '12',
      operation: 'op-12',
    });
  });

  it('has an empty sha where the release names no commit', async () => {
    const { deploy, runs } = await scene();
    await deploy({ sha: undefined });
    expect(runs()[0]?.inputs['sha']).toBe('');
  });

  it('runs on the branch that the lane names', async () => {
    const { github, deployer, runs } = await scene();
    github.push('deploys', { 'a.txt': 'a' });
    await deployer.deploy({ ...how, ref: 'deploys' }, request);
    expect(runs()).toMatchObject([{ branch: 'deploys' }]);
  });

  it('tells at once where the run is, and what it waits for', async () => {
    const { deploy, told, runs } = await scene([
      (run) => (run.status = 'waiting'),
      () => {},
      (run) => run.start(),
      (run) => run.finish('success'),
    ]);
    await deploy();
    const url = `/acme/models/actions/runs/${runs()[0]?.id}`;
    expect(told.every((line) => line.endsWith(url))).toBe(true);
    expect(told.map((line) => line.replace(/: http.*/, ''))).toEqual([
      'The deployment was started',
      'The deployment is queued',
      "The deployment waits for a review of its environment's protection rule",
      'The deployment runs',
    ]);
  });

  it('waits longer and longer, from 2 to 15 seconds', async () => {
    const { deploy, sleeps } = await scene([
      ...Array(9).fill(() => {}),
      (run: RunRecord) => run.finish('success'),
    ]);
    await deploy();
    expect(sleeps).toEqual([2000, 3000, 4500, 6750, 10125, 15000, 15000, 15000, 15000, 15000]);
  });

  it.each([
    ['failure', /run of deploy\.yml failed\. Look at http.*\/actions\/runs\/\d+\.$/],
    ['cancelled', /was cancelled/],
    ['timed_out', /ran out of its own time/],
    ['skipped', /was skipped, so nothing was deployed/],
    ['action_required', /waits for somebody to allow it/],
    ['neutral', /ended as neutral, which is not a success/],
    ['stale', /ended as stale, which is not a success/],
    ['startup_failure', /could not start/],
    [null, /without a conclusion/],
  ])('that ends as %s has failed, and says where to look', async (conclusion, sentence) => {
    const { github, deploy } = await scene([(run) => run.finish(conclusion as 'failure')]);
    github.strict = false;
    expect(await deploy()).toEqual({ kind: 'failed', message: expect.stringMatching(sentence) });
  });

  it('that does not end in time has failed, and its run is stopped', async () => {
    const { deploy, runs } = await scene([(run) => run.start()]);
    const outcome = await deploy();
    expect(outcome).toMatchObject({ kind: 'failed' });
    expect(outcome).toMatchObject({
      message: expect.stringMatching(/did not end within 30m \(last seen: in progress\)/),
    });
    expect(runs()).toMatchObject([{ cancelAsked: true }]);
  });

  it('that waits for a review until its time is over says that', async () => {
    const { deploy } = await scene([(run) => (run.status = 'waiting')]);
    expect(await deploy()).toMatchObject({
      message: expect.stringMatching(/it waits for a review of its environment/),
    });
  });

  it('outlives looks that fail', async () => {
    const { github, deploy } = await scene([
      ...Array(60).fill(() => {}),
      (run: RunRecord) => run.finish('success'),
    ]);
    let looks = 0;
    github.fault(({ path }) => (/\/runs\/\d+$/.test(path) && ++looks < 12 ? { status: 502 } : undefined));
    expect(await deploy()).toEqual({ kind: 'deployed' });
  });
});

describe('a deployment that was begun before', () => {
  it('is followed, not started again', async () => {
    const { deploy, add, runs, told } = await scene();
    add(12, { title: 'deploy bank/prod #12 1.8.0 op-12' });
    expect(await deploy()).toEqual({ kind: 'deployed' });
    expect(runs()).toHaveLength(1);
    expect(told[0]).toMatch(/is there already: http/);
  });

  it.each([
    ['success', 'deployed'],
    ['failure', 'failed'],
  ] as const)('and ended as %s has %s', async (conclusion, kind) => {
    const { deploy, add, runs, sleeps } = await scene();
    add(12).finish(conclusion);
    expect((await deploy()).kind).toBe(kind);
    expect(runs()).toHaveLength(1);
    expect(sleeps).toEqual([]);
  });

  it('twice has succeeded where one of them has', async () => {
    const { deploy, add } = await scene();
    add(12).finish('success');
    add(12).finish('failure');
    expect(await deploy()).toEqual({ kind: 'deployed' });
  });
});

describe('deployments of one lane', () => {
  it('stop earlier ones that have not ended, and wait a moment for them', async () => {
    const { github, deploy, add, runs, hooks, told } = await scene();
    const ended = add(10);
    ended.finish('failure');
    const running = add(11);
    let seen: string | undefined;
    github.workflow('deploy.yml', { runName: title, onDispatch: () => void (seen = running.status) });
    const go = hooks.onSleep;
    hooks.onSleep = (ms) =>
      running.cancelAsked && running.status !== 'completed' ? running.finish('cancelled') : go(ms);
    expect(await deploy()).toEqual({ kind: 'deployed' });
    expect(runs().map(({ cancelAsked, conclusion }) => [cancelAsked, conclusion])).toEqual([
      [false, 'failure'],
      [true, 'cancelled'],
      [false, 'success'],
    ]);
    expect(seen).toBe('completed');
    expect(told[0]).toMatch(/An earlier deployment has not ended, and is stopped: http/);
  });

  it('go on where an earlier one cannot be stopped, and say so', async () => {
    const { github, deploy, add, told, sleeps } = await scene();
    add(11);
    github.fault(({ path }) =>
      path.endsWith('/cancel') ? { status: 403, body: { message: 'no' } } : undefined,
    );
    expect(await deploy()).toEqual({ kind: 'deployed' });
    expect(told.join('\n')).toMatch(/It has not ended yet, and this deployment goes on all the same/);
    expect(sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(30_000);
  });

  it.each([
    [13, 'in_progress', /a later one \(number 13, 1\.7\.0\)/],
    [13, 'completed', /a later one/],
    [12, 'completed', /another one with the same number/],
  ] as const)('never begin behind number %i that is %s', async (seq, status, sentence) => {
    const { deploy, add, runs } = await scene();
    add(seq, { status, title: `deploy bank/prod #${seq} 1.7.0 another` });
    const outcome = await deploy();
    expect(outcome).toEqual({ kind: 'failed', message: expect.stringMatching(sentence) });
    expect(runs()).toHaveLength(1);
  });

  it('stop where a later one began in between', async () => {
    const { github, deploy, add, runs } = await scene();
    github.fault(({ method, path }) => {
      if (method === 'POST' && path.endsWith('/dispatches')) add(13);
      return undefined;
    });
    expect(await deploy()).toEqual({ kind: 'failed', message: expect.stringMatching(/a later one/) });
    expect(runs().find(({ title }) => title.endsWith(' op-12'))).toMatchObject({ cancelAsked: true });
  });

  it('leave other lanes, other workflows and other titles alone', async () => {
    const { github, deploy, add, runs } = await scene();
    add(11, { title: 'deploy bank/staging #11 1.7.0 op-11' });
    add(99, { title: 'deploy fraud/prod #99 1.7.0 op-99' });
    add(99, { title: 'redeploy bank/prod #99 1.7.0 op-99' });
    add(99, { title: 'deploy bank/prod #99x 1.7.0 op-99' });
    github.run({ workflow: 'other.yml', title: 'deploy bank/prod #99 1.7.0 op-99' });
    add(99, { event: 'push' });
    expect(await deploy()).toEqual({ kind: 'deployed' });
    expect(runs().some(({ cancelAsked }) => cancelAsked)).toBe(false);
  });
});

describe('a deployment that cannot be made has failed, in a sentence', () => {
  it('without the workflow', async () => {
    const { github, deploy } = await scene();
    github.workflows.clear();
    expect(await deploy()).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/GitHub knows no such workflow/),
    });
  });

  it('where the run cannot be found again', async () => {
    const { github, deploy } = await scene();
    github.workflow('deploy.yml', { returnRunDetails: false });
    expect(await deploy()).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/its run cannot be found.*run-name/),
    });
  });

  it('for a lane that deploys by a command', async () => {
    const { deployer } = await scene();
    const command: Deploy = { kind: 'command', command: ['true'], timeoutMs: 1 };
    expect((await deployer.deploy(command, request)).kind).toBe('failed');
  });

  it('where everything fails, and without rejecting', async () => {
    const { github, deploy } = await scene();
    github.fault(() => ({ status: 500 }));
    const outcome = await deploy();
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringMatching(/could not/) });
    expect(outcome.kind === 'failed' && outcome.message.length).toBeLessThan(500);
  });

  it('but goes on where runs cannot be listed, and says so', async () => {
    const { github, deploy, told } = await scene();
    github.fault(({ path }) => (path.endsWith('/workflows/deploy.yml/runs') ? { status: 500 } : undefined));
    expect(await deploy()).toEqual({ kind: 'deployed' });
    expect(told[0]).toMatch(/Whether another deployment of this lane runs could not be seen\./);
  });

  it('and is started once after a lost reply', async () => {
    const { github, deploy, runs } = await scene();
    let posts = 0;
    github.fault(({ method }) => (method === 'POST' && ++posts === 1 ? 'lost-reply' : undefined));
    expect(await deploy()).toEqual({ kind: 'deployed' });
    expect(runs()).toHaveLength(1);
  });
});
