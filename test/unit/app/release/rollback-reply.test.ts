import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import { A, B, samplePolicy, sampleRelease } from '../../../support/lane-story.ts';
import { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, rollbackAt } from '../../../support/release-orders.ts';

const X = sampleRelease('by hand');

describe('the reply of a rollback', () => {
  it('says that the policy of the ledger decided, and asks no config', async () => {
    const at = await deskWith([A, B]);
    const config = () => Promise.reject(new Error('asked'));
    const result = await rollbackAt(at, { policy: samplePolicy({ soakMs: 9 }), config });
    expect(result).toMatchObject({ outcome: 'done', decidedBy: { kind: 'ledger' } });
    expect((await at.entries())[8]?.entry).not.toHaveProperty('config');
  });

  it('says by which config it went where the ledger has no policy, and is refused for none', async () => {
    const at = new ReleaseDesk();
    at.registry.has(A).has(X, 'prod');
    const origin = { digest: digestOf('config'), state: 'outside' } as const;
    const result = await rollbackAt(at, {
      policy: samplePolicy({ evidenceFrom: 'default-branch' }),
      config: () => Promise.resolve(origin),
      release: A,
      unproved: true,
      reason: 'X is wrong',
    });
    expect(result).toMatchObject({ outcome: 'done', decidedBy: { kind: 'config', ...origin } });
    expect((await at.entries())[0]?.entry).toMatchObject({ kind: 'intent', config: origin });
  });

  it.each<[string, (at: ReleaseDesk) => unknown]>([
    ['done', () => undefined],
    ['moved, not proved', (at) => at.answers.set('1.0.0', ['bad', 'bad'])],
    ['not deployed', (at) => at.undeployable.set('1.0.0', 'no quota')],
    ['not moved', (at) => at.registry.fates.set('prod', ['refused'])],
  ])('prints the head after everything: %s', async (_, happens) => {
    const at = await deskWith([A, B]);
    happens(at);
    expect((await rollbackAt(at)).head).toBe(at.ledger.head());
  });
});
