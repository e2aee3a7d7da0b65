import { describe, expect, it } from 'vitest';
import { createDeployments } from '../../../src/adapters/github/deployments.ts';
import type { DeploymentShown } from '../../../src/core/forge.ts';
import { digestOf } from '../../../src/core/digest.ts';
import { connected } from './connected.ts';

async function scene(options?: Parameters<typeof createDeployments>[1]) {
  const { github, client } = await connected();
  const shown: DeploymentShown = {
    environment: 'staging',
    ref: github.head('main'),
    operation: 'op-1',
    seq: 12,
    digest: digestOf('image'),
    description: 'bank 1.8.0 promoted by alice',
    state: 'failure',
    run: 'https://example.com/acme/models/actions/runs/1',
  };
  const posts = () => github.requests.filter(({ method }) => method === 'POST').length;
  return { github, deployments: createDeployments(client, options), shown, posts };
}

describe('a deployment', () => {
  it('is created once, and its status set once, however often it is shown', async () => {
    const { github, deployments, shown, posts } = await scene();
    await deployments.show(shown);
    await deployments.show(shown);
    expect(posts()).toBe(2);
    expect([...github.deployments.values()]).toMatchObject([
      {
        environment: 'staging',
        task: 'deploy',
        sha: github.head('main'),
        production: false,
        payload: { operation: 'op-1', seq: 12, digest: digestOf('image') },
      },
    ]);
    await deployments.show({ ...shown, state: 'success' });
    await deployments.show({ ...shown, state: 'success' });
    expect(posts()).toBe(3);
    expect([...github.statuses.values()].map(({ state, logUrl }) => [state, logUrl])).toEqual([
      ['failure', shown.run],
      ['success', shown.run],
    ]);
  });

  it('never merges and waits for no checks; one that succeeded retires those before it, one that failed does not', async () => {
    const { github, deployments, shown } = await scene();
    await deployments.show({ ...shown, state: 'success' });
    await deployments.show({ ...shown, operation: 'op-2', seq: 13, state: 'failure' });
    const states = () => [...github.statuses.values()].map(({ state }) => state);
    expect(states()).toEqual(['success', 'failure']);
    await deployments.show({ ...shown, operation: 'op-3', seq: 14, state: 'success' });
    const bodies = github.requests.filter(({ method }) => method === 'POST').map(({ body }) => body);
    expect(bodies).toMatchObject([
      { auto_merge: false, required_contexts: [] },
      { auto_inactive: true },
      { auto_merge: false, required_contexts: [] },
      { auto_inactive: false },
      { auto_merge: false, required_contexts: [] },
      { auto_inactive: true },
    ]);
    expect(states()).toEqual(['success', 'failure', 'success', 'inactive']);
  });

  it('that a later one retired is not brought back by being shown again', async () => {
    const { github, deployments, shown, posts } = await scene();
    await deployments.show({ ...shown, state: 'success' });
    await deployments.show({ ...shown, operation: 'op-2', seq: 13, state: 'success' });
    await deployments.show({ ...shown, state: 'success' });
    expect(posts()).toBe(4);
    const [first] = github.deployments.values();
    const states = [...github.statuses.values()].filter(({ deployment }) => deployment === first?.id);
    expect(states.map(({ state }) => state)).toEqual(['success', 'inactive']);
  });

  it.each([[1], [2]])('is found again where its payload comes back encoded %i times', async (times) => {
    const { github, deployments, shown, posts } = await scene();
    await deployments.show(shown);
    const [deployment] = github.deployments.values();
    if (deployment === undefined) throw new Error('no deployment');
    for (let i = 0; i < times; i++) deployment.payload = JSON.stringify(deployment.payload);
    await deployments.show(shown);
    expect(posts()).toBe(2);
  });

  it.each([['not JSON'], [''], ['"op-1"'], [null], [[]], [{ operation: 7 }], [{ operation: 'op-11' }]])(
    'is not taken for another one with the payload %j',
    async (payload) => {
      const { github, deployments, shown } = await scene();
      await deployments.show({ ...shown, operation: 'other' });
      for (const each of github.deployments.values()) each.payload = payload;
      await deployments.show(shown);
      expect(github.deployments.size).toBe(2);
    },
  );

  it('is of one environment: the same operation in another is another one', async () => {
    const { github, deployments, shown } = await scene();
    await deployments.show(shown);
    await deployments.show({ ...shown, environment: 'staging-eu' });
    expect(github.deployments.size).toBe(2);
  });

  it('keeps 140 characters of its description, on one line', async () => {
    const { github, deployments, shown, posts } = await scene();
    const long = { ...shown, description: `first\nsecond ${'word '.repeat(40)}` };
    await deployments.show(long);
    await deployments.show(long);
    expect(posts()).toBe(2);
    const texts = [...github.deployments.values(), ...github.statuses.values()].map(
      (each) => each.description ?? '',
    );
    expect(texts.map((text) => text.length)).toEqual([140, 140]);
    for (const text of texts) expect(text).toMatch(/^first second (?:word )+wo?r?d?…$/);
  });

  it('at a commit that is not there is shown at the other ref, and says so', async () => {
    const { github, deployments, shown } = await scene({ fallbackRef: 'main' });
    await deployments.show({ ...shown, ref: 'f'.repeat(40), description: 'x'.repeat(200) });
    expect([...github.deployments.values()]).toMatchObject([
      {
        sha: github.head('main'),
        description: expect.stringMatching(/^x+… \(shown at main: ffffffffffff… is unknown here\)$/),
      },
    ]);
  });

  it('at a commit that is not there is an error without another ref', async () => {
    const { deployments, shown } = await scene();
    await expect(deployments.show({ ...shown, ref: 'f'.repeat(40) })).rejects.toThrow(/No ref found/);
  });

  it.each(['lost-reply', 'reset'] as const)('is created once after a %s', async (trouble) => {
    const { github, deployments, shown } = await scene();
    let count = 0;
    github.fault(({ method, path }) =>
      method === 'POST' && path.endsWith('/deployments') && ++count === 1 ? trouble : undefined,
    );
    await deployments.show(shown);
    expect(github.deployments.size).toBe(1);
    expect(github.statuses.size).toBe(1);
  });
});
