import { describe, expect, it } from 'vitest';
import { how, request, scene } from './deployer-desk.ts';

describe('a run that anybody could have started', () => {
  it.each([[{ defaultRef: 'main' }], [{ defaultRef: 'refs/heads/main' }], [{}]])(
    'on another branch is neither our own nor a later one (%j)',
    async (options) => {
      const { deploy, add, runs } = await scene(undefined, options);
      add(12, { branch: 'evil' }).finish('success');
      add(13, { branch: 'evil' });
      expect(await deploy()).toEqual({ kind: 'deployed' });
      expect(runs().map(({ branch }) => branch)).toEqual(['evil', 'evil', 'main']);
    },
  );

  it.each(['deploys', 'refs/heads/deploys', 'refs/tags/deploys'])(
    'on the default branch is none either where the lane names %s',
    async (ref) => {
      const { github, deployer, add, runs } = await scene();
      github.push('deploys', { 'a.txt': 'a' });
      add(13);
      const own = add(12, { branch: 'deploys' });
      own.finish('success');
      expect(await deployer.deploy({ ...how, ref }, request)).toEqual({ kind: 'deployed' });
      expect(runs()).toHaveLength(2);
    },
  );

  it('has failed where nobody says which branch is the right one', async () => {
    const { github, deploy, add, runs } = await scene(undefined, {});
    add(12).finish('success');
    github.fault(({ path }) => (path.endsWith('/repos/acme/models') ? { status: 403 } : undefined));
    expect(await deploy()).toMatchObject({
      kind: 'failed',
      message: expect.stringMatching(/default branch/),
    });
    expect(runs()).toHaveLength(1);
  });

  it.each([
    [999_999_999, 'another'],
    [12, 'another'],
  ])(
    'with number %i is ignored while the ledger has our operation open, and that is said',
    async (seq, id) => {
      const { deploy, add, runs, told } = await scene();
      const forged = add(seq, { title: `deploy bank/prod #${seq} 9.9.9 ${id}` });
      expect(await deploy({ stillOpen: () => Promise.resolve(true) })).toEqual({ kind: 'deployed' });
      expect(runs().map(({ cancelAsked }) => cancelAsked)).toEqual([false, false]);
      const lines = told.filter((line) => line.includes('ignored'));
      expect(lines).toEqual([
        expect.stringMatching(
          new RegExp(
            `^A run says that it deploys number ${seq} \\(9\\.9\\.9\\) to bank/prod\\. .*ignored: http.*/${forged.id}$`,
          ),
        ),
      ]);
    },
  );

  it('in between is ignored as well', async () => {
    const { github, deploy, add, runs, told } = await scene();
    github.fault(({ method, path }) => {
      if (method === 'POST' && path.endsWith('/dispatches')) add(999_999_999);
      return undefined;
    });
    expect(await deploy({ stillOpen: () => Promise.resolve(true) })).toEqual({ kind: 'deployed' });
    expect(runs().some(({ cancelAsked }) => cancelAsked)).toBe(false);
    expect(told.filter((line) => line.includes('ignored'))).toHaveLength(1);
  });

  it('is believed once the ledger has gone on', async () => {
    const { deploy, add, runs } = await scene();
    add(13);
    expect(await deploy({ stillOpen: () => Promise.resolve(false) })).toEqual({
      kind: 'failed',
      message: expect.stringMatching(/a later one \(number 13/),
    });
    expect(runs()).toHaveLength(1);
  });

  it('is believed where the ledger went on in between, and our own is stopped', async () => {
    const { github, deploy, add, runs } = await scene();
    let isOpen = true;
    github.fault(({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/dispatches')) return undefined;
      add(13);
      isOpen = false;
      return undefined;
    });
    expect(await deploy({ stillOpen: () => Promise.resolve(isOpen) })).toMatchObject({ kind: 'failed' });
    expect(runs().find(({ title }) => title.endsWith(' op-12'))).toMatchObject({ cancelAsked: true });
  });

  it('is believed where the ledger cannot be asked, and that is said', async () => {
    const { deploy, add, told, runs } = await scene();
    add(13);
    const stillOpen = () => Promise.reject(new Error('The ledger could not be read.'));
    expect(await deploy({ stillOpen })).toMatchObject({ kind: 'failed' });
    expect(told.join('\n')).toMatch(/The ledger could not be read/);
    expect(runs()).toHaveLength(1);
  });

  it('costs no look at the ledger where no run has a higher number', async () => {
    const { deploy, add } = await scene();
    add(11).finish('success');
    const stillOpen = () => Promise.reject(new Error('nobody asks'));
    expect(await deploy({ stillOpen })).toEqual({ kind: 'deployed' });
  });
});
