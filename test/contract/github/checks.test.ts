import { describe, expect, it } from 'vitest';
import { createChecks } from '../../../src/adapters/github/checks.ts';
import type { CheckShown } from '../../../src/core/forge.ts';
import { connected } from './connected.ts';

async function scene(permissions?: object) {
  const { github, client } = await connected(permissions === undefined ? {} : { permissions });
  const check: CheckShown = {
    sha: github.head('main'),
    name: 'known-good / bank',
    conclusion: 'success',
    title: 'Pass',
    summary: 'All gates pass.',
    externalId: 'gate:bank',
    url: 'https://example.com/run',
  };
  const runs = () => [...github.checkRuns.values()];
  return { github, checks: createChecks(client), check, runs };
}

describe('a check', () => {
  it('is completed at once', async () => {
    const { checks, check, runs } = await scene();
    await checks.show(check);
    expect(runs()).toMatchObject([
      {
        sha: check.sha,
        name: check.name,
        status: 'completed',
        conclusion: 'success',
        externalId: 'gate:bank',
        detailsUrl: check.url,
        output: { title: 'Pass', summary: 'All gates pass.' },
      },
    ]);
  });

  it('of the same name and external id takes the place of the one before', async () => {
    const { checks, check, runs } = await scene();
    await checks.show(check);
    await checks.show({ ...check, conclusion: 'failure', title: 'Fail' });
    expect(runs()).toMatchObject([{ conclusion: 'failure', output: { title: 'Fail' } }]);
  });

  it('of another external id or name stands beside it', async () => {
    const { checks, check, runs } = await scene();
    await checks.show(check);
    await checks.show({ ...check, externalId: 'gate:fraud' });
    await checks.show({ ...check, name: 'known-good / fraud' });
    expect(runs()).toHaveLength(3);
  });

  it('is cut where it is longer than GitHub allows', async () => {
    const { checks, check, runs } = await scene();
    await checks.show({ ...check, title: 't'.repeat(300), summary: 'line of a summary\n'.repeat(5_000) });
    const [{ output } = { output: undefined }] = runs();
    expect(output?.title).toHaveLength(255);
    expect(output?.summary?.length).toBeLessThanOrEqual(65_535);
    expect(output?.summary).toMatch(/summary\n\n_The rest was left out/);
  });

  it('of another app is left alone, and ours is added once', async () => {
    const { github, checks, check, runs } = await scene();
    await checks.show(check);
    for (const run of runs()) run.app = 'somebody-else';
    let refusals = 0;
    github.fault(({ method }) =>
      method === 'PATCH' && refusals++ === 0
        ? { status: 403, body: { message: 'Invalid app_id' } }
        : undefined,
    );
    await checks.show(check);
    await checks.show({ ...check, title: 'Again' });
    expect(runs().map(({ output }) => output.title)).toEqual(['Pass', 'Again']);
  });

  it('of another app is not taken for ours where a reply was lost', async () => {
    const { github, checks, check, runs } = await scene();
    await checks.show(check);
    let posts = 0;
    github.fault(({ method }) => {
      if (method === 'PATCH') return { status: 403, body: { message: 'Invalid app_id' } };
      return method === 'POST' && ++posts === 1 ? 'reset' : undefined;
    });
    await checks.show({ ...check, title: 'Ours' });
    expect(runs().map(({ output }) => output.title)).toEqual(['Pass', 'Ours']);
  });

  it.each(['lost-reply', 'reset'] as const)('is added once after a %s', async (trouble) => {
    const { github, checks, check, runs } = await scene();
    let posts = 0;
    github.fault(({ method }) => (method === 'POST' && ++posts === 1 ? trouble : undefined));
    await checks.show(check);
    expect(runs()).toHaveLength(1);
  });

  it('without the permission is an error', async () => {
    const { checks, check } = await scene({ checks: 'read' });
    await expect(checks.show(check)).rejects.toMatchObject({ status: 403 });
  });
});
