import { describe, expect, it } from 'vitest';
import { exitCodeOf, type LaneResult } from '../../../../src/promotion/lane-result.ts';
import { verifyLane } from '../../../../src/app/release/verify.ts';
import { A, B, C, LANE, samplePolicy } from '../../../support/lane-story.ts';
import { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt } from '../../../support/release-orders.ts';

const SOAK = 3_600_000;
const verify = (at: ReleaseDesk): Promise<LaneResult> =>
  verifyLane(at.ports(), { lane: LANE, policy: samplePolicy() });
const trouble = (at: ReleaseDesk) => at.state().tenures.at(-1)?.trouble;

describe('verify: looks', () => {
  it('proves a release healthy when its whole soak was looked at', async () => {
    const at = await deskWith([A], { policy: samplePolicy({ soakMs: 3 * SOAK }) });
    const seen: string[] = [];
    for (let i = 0; i < 3; i++, at.pass(SOAK)) {
      const result = await verify(at);
      seen.push(`${result.outcome}: ${result.message}`);
    }
    expect(seen).toEqual([
      expect.stringMatching(/^done: 1\.0\.0 .* serves as expected; its soak goes on\./),
      expect.stringMatching(/^done: .* serves as expected; its soak goes on\./),
      expect.stringMatching(/^done: 1\.0\.0 .* is healthy in bank\/production: known good\./),
    ]);
    expect(at.log).toEqual(['append observed', 'append observed', 'append healthy']);
  });

  it('writes nothing where nothing is new', async () => {
    const at = await deskWith([A]);
    expect(await verify(at)).toMatchObject({ outcome: 'done', look: { outcome: 'healthy' } });
    expect(at.log).toEqual([]);
  });

  it('a blink does not count: looks again after thirty seconds', async () => {
    const at = await deskWith([A]);
    at.answers.set('1.0.0', ['bad']);
    const before = at.ms;
    expect((await verify(at)).outcome).toBe('done');
    expect(at.ms - before).toBe(30_000);
    expect(at.log).toEqual([]);
  });

  it('bad twice while the control is well: failed, said once', async () => {
    const at = await deskWith([A]);
    at.answers.set('1.0.0', ['bad', 'bad', 'silent', 'silent']);
    const result = await verify(at);
    expect(result).toMatchObject({ outcome: 'failed', undo: 'rollback bank/production' });
    expect(result.message).toMatch(
      /^1\.0\.0 .* does not serve well in bank\/production: .*expected 200, saw 500\.$/,
    );
    expect(exitCodeOf(result)).toBe(1);
    expect((await verify(at)).outcome).toBe('failed');
    expect(at.log).toEqual(['append failed']);
  });

  it('bad twice while the control is silent: nothing is known, and nothing rolled back', async () => {
    const policy = samplePolicy({ control: 'https://control.example/', onFailure: 'rollback' });
    const at = await deskWith([A, B], { policy });
    at.answers.set('2.0.0', ['bad', 'bad']);
    at.controlAnswers = false;
    const result = await verify(at);
    expect(result).toMatchObject({
      outcome: 'moved-not-proved',
      message: expect.stringContaining('The control https://control.example/ did not answer either'),
    });
    expect(at.log).toEqual(['append inconclusive']);
    expect(at.registry.tags.get('prod')).toBe(B.digest);
  });

  it('without a control the registry is asked', async () => {
    const at = await deskWith([A]);
    at.answers.set('1.0.0', ['bad', 'bad']);
    at.onSleep(() => (at.registry.down = true));
    const result = await verify(at);
    expect(result.message).toContain('The registry did not answer either, so it may be our own network.');
    expect(trouble(at)?.kind).toBe('inconclusive');
  });

  it('no probes: says that nothing is proved', async () => {
    const at = await deskWith([A], { policy: samplePolicy({ probes: [] }) });
    expect(await verify(at)).toMatchObject({
      outcome: 'moved-not-proved',
      message: expect.stringContaining('environment key verify'),
    });
    expect(at.log).toEqual([]);
  });

  it('an empty lane has nothing to look at', async () => {
    const at = new ReleaseDesk();
    expect(await verify(at)).toMatchObject({
      outcome: 'nothing',
      message: 'bank/production has no release yet; there is nothing to look at.',
    });
  });
});

describe('verify: a release that fails', () => {
  const policy = samplePolicy({ onFailure: 'rollback' });

  it('is rolled back from, where the policy says so', async () => {
    const at = await deskWith([A, B], { policy });
    at.answers.set('2.0.0', ['bad', 'bad']);
    const result = await verify(at);
    expect(result.outcome).toBe('failed');
    expect(result.message).toMatch(
      /^2\.0\.0 .* does not serve well: .*saw 500\. bank\/production is rolled back to 1\.0\.0 .*, and serves as expected\.$/,
    );
    expect(result.look).toMatchObject({ outcome: 'failed' });
    expect(at.log).toEqual([
      'append failed',
      'append intent',
      'put prod-10',
      'put prod',
      'append moved',
      'deploy 1.0.0',
      'append deployed',
      'append healthy',
    ]);
    expect(at.state().left).toMatchObject([
      { digest: B.digest, reason: expect.stringMatching(/^verify: .*saw 500/) },
    ]);
  });

  it('is not rolled back from when it was itself restored: no way down the history', async () => {
    const at = await deskWith([A, B, C], { policy });
    at.answers.set('3.0.0', ['bad', 'bad']).set('2.0.0', ['bad', 'bad', 'bad', 'bad']);
    await verify(at);
    expect(at.registry.tags.get('prod')).toBe(B.digest);
    const result = await verify(at.forget());
    expect(result.outcome).toBe('failed');
    expect(at.log).toEqual([]);
    expect(at.registry.tags.get('prod')).toBe(B.digest);
  });

  it('with nothing to go back to: says so, and leaves it', async () => {
    const at = await deskWith([A], { policy });
    at.answers.set('1.0.0', ['bad', 'bad']);
    const result = await verify(at);
    expect(result.message).toMatch(
      /does not serve well: .* No release of bank\/production is known good; each was looked at\.$/,
    );
    expect(at.registry.tags.get('prod')).toBe(A.digest);
  });
});

describe('verify: brings the lane to rest', () => {
  async function cutOff(effect: string): Promise<ReleaseDesk> {
    const at = await deskWith([A]);
    at.registry.has(B).has(C);
    await expect(promoteAt(at.diesAt(effect), B)).rejects.toThrow();
    return at.revive().forget();
  }

  it.each([
    ['deploy 2.0.0', ['append intent', 'append moved', 'deploy 2.0.0', 'append deployed', 'append healthy']],
    [
      'append deployed',
      ['append intent', 'append moved', 'deploy 2.0.0', 'append deployed', 'append healthy'],
    ],
    ['append healthy', ['append healthy']],
    ['append moved', ['append intent', 'append moved', 'deploy 2.0.0', 'append deployed', 'append healthy']],
    ['put prod', ['append aborted']],
    ['put prod-5', ['append aborted']],
    ['append intent', []],
  ])('what was cut off just before: %s', async (effect, log) => {
    const at = await cutOff(effect);
    expect((await verify(at)).outcome).toBe('done');
    expect(at.log).toEqual(log);
    expect(at.state().open).toBeUndefined();
  });

  it('the owner lives: waits', async () => {
    const at = await cutOff('deploy 2.0.0');
    at.liveness = 'alive';
    expect(await verify(at)).toMatchObject({ outcome: 'waiting', reasons: [{ code: 'busy' }] });
    expect(at.log).toEqual([]);
  });

  it('nobody knows whether the owner lives: until lease and grace are over it waits', async () => {
    const at = await cutOff('deploy 2.0.0');
    at.liveness = 'unknown';
    const { lease = '' } = at.state().open ?? {};
    at.pass(Date.parse(lease) + 60_000 - at.ms);
    expect((await verify(at)).outcome).toBe('waiting');
    expect((await verify(at.pass(1))).outcome).toBe('done');
  });

  it('drift: believed after three reads over ten seconds, and left alone', async () => {
    const at = await deskWith([A]);
    at.registry.has(C, 'prod');
    const before = at.ms;
    const result = await verify(at);
    expect(result).toMatchObject({ outcome: 'moved-not-proved', reasons: [{ code: 'drift' }] });
    expect(result.message).toMatch(
      /has drifted: the tag points at .*, the ledger says .*: roll back to what was proved, or adopt what is there\.$/,
    );
    expect(at.ms - before).toBe(10_000);
    expect(at.log).toEqual([]);
  });

  it('drift that is gone at the second read was none', async () => {
    const at = await deskWith([A]);
    at.registry.has(C, 'prod');
    at.onSleep(() => at.registry.tags.set('prod', A.digest));
    expect((await verify(at)).outcome).toBe('done');
  });

  it('a tag that cannot be read: nothing is guessed', async () => {
    const at = await deskWith([A]);
    at.registry.down = true;
    expect(await verify(at)).toMatchObject({
      outcome: 'moved-not-proved',
      reasons: [{ code: 'tag-unreadable' }],
    });
  });
});
