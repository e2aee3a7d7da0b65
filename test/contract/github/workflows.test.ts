import { describe, expect, it } from 'vitest';
import { createWorkflows } from '../../../src/adapters/github/workflows.ts';
import { connected } from './connected.ts';

const title = (inputs: Readonly<Record<string, string>>) =>
  `deploy bank/prod #12 1.8.0 ${inputs['operation']}`;
const order = { workflow: 'deploy.yml', inputs: { operation: 'op-1' } };

async function scene() {
  const connection = await connected();
  const runs = () => [...connection.github.runs.values()];
  return { ...connection, runs, workflows: createWorkflows(connection.client, connection.timer) };
}

describe('starting a workflow', () => {
  it('says which run that made, on the default branch where no other is named', async () => {
    const { github, workflows, runs } = await scene();
    github.workflow('deploy.yml', { returnRunDetails: true, runName: title });
    const started = await workflows.start(order);
    expect(runs()).toMatchObject([{ branch: 'main', inputs: { operation: 'op-1' } }]);
    expect(started).toEqual({ id: String(runs()[0]?.id), url: expect.stringContaining('/actions/runs/') });
    expect(github.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('takes one request where the branch is named', async () => {
    const { github, workflows, runs } = await scene();
    github.workflow('deploy.yml', { returnRunDetails: true });
    await workflows.start({ ...order, ref: 'main' });
    expect(github.requests).toHaveLength(1);
    expect(runs()).toHaveLength(1);
  });

  it.each([[false], ['refused']] as const)(
    'finds the run where a server does not tell it (%s)',
    async (returnRunDetails) => {
      const { github, workflows, runs } = await scene();
      github.workflow('deploy.yml', { returnRunDetails, runName: title });
      await workflows.start({ ...order, inputs: { operation: 'op-11' } });
      const started = await workflows.start(order);
      expect(runs()).toHaveLength(2);
      expect(started.id).toBe(String(runs()[1]?.id));
    },
  );

  it('does not take a run of another branch for it', async () => {
    const { github, workflows, runs } = await scene();
    const forge = () => github.run({ workflow: 'deploy.yml', title: title(order.inputs), branch: 'evil' });
    github.workflow('deploy.yml', {
      returnRunDetails: false,
      runName: title,
      onDispatch: () => void forge(),
    });
    const started = await workflows.start({ ...order, ref: 'refs/heads/main' });
    expect(runs().map(({ branch }) => branch)).toEqual(['main', 'evil']);
    expect(started.id).toBe(String(runs()[0]?.id));
  });

  it('looks for some seconds for a run that appears late', async () => {
    const { github, workflows, hooks, runs, sleeps } = await scene();
    github.workflow('deploy.yml', { returnRunDetails: false, runName: () => 'not yet' });
    hooks.onSleep = () => sleeps.length === 3 && runs().forEach((run) => (run.title = title(run.inputs)));
    expect((await workflows.start(order)).id).toBe(String(runs()[0]?.id));
    expect(sleeps).toHaveLength(3);
  });

  it('says that a run is unknown where its title does not tell', async () => {
    const { github, workflows, runs, sleeps } = await scene();
    github.workflow('deploy.yml', { returnRunDetails: false });
    expect(await workflows.start(order)).toEqual({ id: undefined, url: undefined });
    expect(runs()).toHaveLength(1);
    expect(sleeps.length).toBeLessThan(10);
  });

  it('says that a run is unknown where runs cannot be listed', async () => {
    const { github, workflows, runs } = await scene();
    github.workflow('deploy.yml', { returnRunDetails: false, runName: title });
    github.fault(({ path }) => (path.endsWith('/runs') ? { status: 500 } : undefined));
    expect(await workflows.start(order)).toEqual({ id: undefined, url: undefined });
    expect(runs()).toHaveLength(1);
  });
});

describe('a start whose reply was lost', () => {
  it.each(['lost-reply', 'reset'] as const)('makes one run (%s)', async (trouble) => {
    const { github, workflows, runs } = await scene();
    github.workflow('deploy.yml', { returnRunDetails: true, runName: title });
    let posts = 0;
    github.fault(({ method }) => (method === 'POST' && ++posts === 1 ? trouble : undefined));
    const started = await workflows.start(order);
    expect(runs().map(({ id }) => String(id))).toEqual([started.id]);
  });

  it('is not made again where nobody can look', async () => {
    const { github, workflows, runs } = await scene();
    github.workflow('deploy.yml', { returnRunDetails: true, runName: title });
    github.fault(({ method, path }) => {
      if (method === 'POST') return 'lost-reply';
      return path.endsWith('/runs') ? { status: 500 } : undefined;
    });
    await expect(workflows.start(order)).rejects.toThrow(/could not list the runs of deploy.yml/);
    expect(runs()).toHaveLength(1);
  });

  it('is not made again without an operation to look for', async () => {
    const { github, workflows, runs } = await scene();
    github.workflow('shadow.yml', { returnRunDetails: true });
    github.fault(({ method }) => (method === 'POST' ? 'lost-reply' : undefined));
    await expect(workflows.start({ workflow: 'shadow.yml', inputs: {} })).rejects.toThrow(/may or may not/);
    expect(runs()).toHaveLength(1);
  });
});

describe('a start that is refused', () => {
  it('names the file that is not there', async () => {
    const { workflows } = await scene();
    await expect(workflows.start(order)).rejects.toThrow(
      /\.github\/workflows\/deploy\.yml could not be started on main: GitHub knows no such workflow\. Put the file/,
    );
  });

  it('names inputs that the workflow does not know', async () => {
    const { github, workflows } = await scene();
    github.workflow('deploy.yml', { inputs: { model: {} } });
    await expect(workflows.start(order)).rejects.toThrow(
      /Unexpected inputs provided: .*operation.* Declare these inputs/,
    );
  });

  it('names a branch that is not there', async () => {
    const { github, workflows } = await scene();
    github.workflow('deploy.yml', {});
    await expect(workflows.start({ ...order, ref: 'gone' })).rejects.toThrow(
      /on gone: .*No ref found.* Correct the name/,
    );
  });

  it('says that the trigger is missing', async () => {
    const { github, workflows } = await scene();
    github.workflow('deploy.yml', {});
    const message = "Workflow does not have 'workflow_dispatch' trigger";
    github.fault(({ method }) => (method === 'POST' ? { status: 422, body: { message } } : undefined));
    await expect(workflows.start(order)).rejects.toThrow(/Add "workflow_dispatch" to its triggers/);
  });

  it('says what the token may not do', async () => {
    const { github, client, timer } = await connected({ permissions: { actions: 'read', contents: 'read' } });
    github.workflow('deploy.yml', {});
    await expect(createWorkflows(client, timer).start(order)).rejects.toMatchObject({ status: 403 });
  });
});
