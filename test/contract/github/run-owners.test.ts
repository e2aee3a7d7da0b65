import { describe, expect, it } from 'vitest';
import { createRunOwners } from '../../../src/adapters/github/run-owners.ts';
import type { Owner } from '../../../src/core/owner.ts';
import type { RunRecord } from '../../support/github/records.ts';
import { clientDesk } from './client-desk.ts';

const REPOSITORY = 'acme/models';

async function desk(given: Partial<Pick<RunRecord, 'status' | 'conclusion' | 'attempt'>> = {}) {
  const opened = await clientDesk();
  const run = opened.github.run({ workflow: 'bot.yml', event: 'issue_comment', ...given });
  const owners = createRunOwners({
    client: opened.open({ actions: 'read' }),
    repository: REPOSITORY,
    run: '77',
    attempt: 2,
  });
  const owner = (rest: Partial<Owner & { kind: 'run' }> = {}): Owner => ({
    kind: 'run',
    repository: REPOSITORY,
    run: String(run.id),
    attempt: 1,
    ...rest,
  });
  return { ...opened, run, owners, owner };
}

describe('runs as owners', () => {
  it('are what they were made as', async () => {
    const { owners } = await desk();
    expect(owners.self()).toEqual({ kind: 'run', repository: REPOSITORY, run: '77', attempt: 2 });
  });

  it.each([
    ['in progress', { status: 'in_progress' }, 'alive'],
    ['queued', { status: 'queued' }, 'alive'],
    ['waiting for an approval', { status: 'waiting' }, 'alive'],
    ['over and well', { status: 'completed', conclusion: 'success' }, 'dead'],
    ['cancelled', { status: 'completed', conclusion: 'cancelled' }, 'dead'],
    ['running again', { status: 'in_progress', attempt: 2 }, 'dead'],
  ] as const)('%s', async (_, given, expected) => {
    const { owners, owner } = await desk(given);
    expect(await owners.liveness(owner())).toBe(expected);
    expect(await owners.liveness(owner({ repository: 'Acme/Models' }))).toBe(expected);
  });

  it('say nothing of other repositories, of processes, and of earlier steps of this run, without asking', async () => {
    const { owners, owner, github } = await desk({ status: 'completed' });
    for (const other of [
      owner({ repository: 'acme/other' }),
      owner({ run: '77', attempt: 2 }),
      owner({ run: '../../x' }),
      { kind: 'process', host: 'h', pid: 1, startedAt: '' } as const,
    ])
      expect(await owners.liveness(other)).toBe('unknown');
    expect(await owners.liveness(owner({ run: '77', attempt: 1 }))).toBe('dead');
    expect(github.requests).toEqual([]);
  });

  it('say nothing of runs that GitHub does not have, does not show, or tells less of than is known', async () => {
    const { owners, owner, github, open, run } = await desk();
    expect(await owners.liveness(owner({ run: '1' }))).toBe('unknown');
    expect(await owners.liveness(owner({ attempt: 2 }))).toBe('unknown');
    const blind = createRunOwners({ client: open({}), repository: REPOSITORY, run: '77', attempt: 2 });
    expect(await blind.liveness(owner())).toBe('unknown');
    for (const body of [{}, { status: 'completed' }, { status: 'strange', run_attempt: 1 }, 'text']) {
      const end = github.fault(() => ({ status: 200, body }));
      expect(await owners.liveness(owner())).toBe('unknown');
      end();
    }
    run.finish('failure');
    expect(await owners.liveness(owner())).toBe('dead');
  });

  it('never reject, and wait no longer than a take-over can', async () => {
    const { owners, owner, github, pauses } = await desk();
    const end = github.fault(() => ({ status: 429, headers: { 'retry-after': '20' } }));
    expect(await owners.liveness(owner())).toBe('unknown');
    expect(pauses).toEqual([]);
    end();
    github.fault(() => 'reset');
    expect(await owners.liveness(owner())).toBe('unknown');
  });
});
