import { describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../../src/promotion/lane-result.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { A, B, C, followsTag, samplePolicy, sampleRelease } from '../../../support/lane-story.ts';
import type { ReleaseDesk } from '../../../support/release-desk.ts';
import { keepVerdicts, withVerdicts, writtenVerdict } from '../../../support/opened-evidence.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

const D = sampleRelease('4.0.0');
const X = sampleRelease('by hand');
const name = ({ version, digest }: typeof A) => `${version} (${digest.slice(0, 19)})`;
const current = (at: ReleaseDesk) => at.state().tenures.at(-1)?.release.version;
const left = (at: ReleaseDesk) => at.state().left.map(({ digest }) => digest);

describe('rollback', () => {
  it('moves, reads back, deploys, looks, and only then says that it rolled back', async () => {
    const at = await deskWith([A, B]);
    const result = await rollbackAt(at, { reason: 'wrong scores' });
    expect(at.log).toEqual([
      'append intent',
      'put prod-9',
      'put prod',
      'append moved',
      'deploy 1.0.0',
      'append deployed',
      'append healthy',
    ]);
    expect(result).toMatchObject({
      outcome: 'done',
      message: `bank/production is rolled back to ${name(A)}, and serves as expected.`,
      from: B.digest,
      release: A,
      seq: 9,
      movedMs: 0,
      healthyMs: 0,
      head: at.ledger.head(),
      look: { outcome: 'healthy' },
      passedOver: [{ release: { version: '2.0.0' }, rejected: { rule: 'being-left' } }],
    });
    expect(at.state().left).toMatchObject([{ digest: B.digest, version: '2.0.0', reason: 'wrong scores' }]);
  });

  it('passes over what it cannot restore, and says why of each', async () => {
    const at = await deskWith([A, B, C, D]);
    at.registry.gone.set(C.digest, [{ what: 'layer', digest: digestOf('layer') }]);
    at.registry.gone.set(B.digest, [{ what: 'config', digest: digestOf('config') }]);
    const result = await rollbackAt(at);
    expect(result).toMatchObject({ outcome: 'done', release: A });
    expect(result.passedOver?.map(({ rejected }) => rejected?.message)).toEqual([
      `${name(D)} is the one being left.`,
      `${name(C)} cannot be pulled any more: its layer ${digestOf('layer').slice(0, 19)} is gone from the registry.`,
      `${name(B)} cannot be pulled any more: its config ${digestOf('config').slice(0, 19)} is gone from the registry.`,
    ]);
  });

  const verdict = writtenVerdict(B);
  const judged = withVerdicts(B, verdict);
  async function lostVerdict(policy = samplePolicy()): Promise<ReleaseDesk> {
    const at = await deskWith([A]);
    at.registry.has(B).has(C);
    keepVerdicts(at, [verdict]);
    for (const [release, rules] of [
      [judged, policy],
      [C, samplePolicy()],
    ] as const)
      expect((await promoteAt(at.pass(60_000), release, { policy: rules })).outcome).toBe('done');
    keepVerdicts(at, [verdict], 'other bytes');
    return at;
  }

  it('passes over a release whose verdict is gone from the ledger', async () => {
    const at = await lostVerdict(samplePolicy({ requires: ['gate'] }));
    const result = await rollbackAt(at);
    expect(result).toMatchObject({ outcome: 'done', release: A });
    expect(result.passedOver?.map(({ rejected }) => rejected?.rule)).toEqual(['being-left', 'evidence-gone']);
  });

  it('does not miss a verdict that its policy did not ask for', async () => {
    expect((await rollbackAt(await lostVerdict())).release?.version).toBe('2.0.0');
  });

  it('asks of a named release what counted here, not what its record says by now', async () => {
    const at = await lostVerdict(samplePolicy({ requires: ['gate'] }));
    keepVerdicts(at, [verdict]);
    const elsewhere = writtenVerdict(B, { environment: 'staging' });
    const release = withVerdicts(B, verdict, elsewhere);
    expect(await rollbackAt(at, { release })).toMatchObject({
      outcome: 'done',
      release: { version: '2.0.0' },
    });
  });

  it('refuses where nothing is known good, and tells the recorded way out', async () => {
    const at = await deskWith([A]);
    const result = await rollbackAt(at);
    expect(result).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'no-known-good', settle: expect.stringContaining('--unproved') }],
    });
    expect(result.passedOver).toHaveLength(1);
    expect(exitCodeOf(result)).toBe(1);
    expect(at.log).toEqual([]);
  });

  it('a second one does nothing, and says who was first', async () => {
    const at = await deskWith([A, B]);
    const commentedAt = new Date(at.ms - 1000).toISOString();
    await rollbackAt(at);
    const again = await rollbackAt(at.forget(), { commentedAt });
    expect(again).toMatchObject({
      outcome: 'nothing',
      message: expect.stringMatching(
        /^bank\/production: already rolled back to 1\.0\.0 .* by ana at .*\. Nothing was done/,
      ),
    });
    const later = await rollbackAt(at);
    expect(later).toMatchObject({ outcome: 'refused', reasons: [{ code: 'recently-restored' }] });
    expect(at.log).toEqual([]);
  });

  it('names the unproved release and why, in the ledger too', async () => {
    const at = await deskWith([A]);
    at.answers.set('2.0.0', ['bad', 'bad']);
    at.registry.has(B).has(C);
    await promoteAt(at, B);
    await promoteAt(at, C);
    const result = await rollbackAt(at, { release: B, unproved: true, reason: 'C loses money' });
    expect(result).toMatchObject({ outcome: 'done', release: B });
    expect(at.state().tenures.at(-1)).toMatchObject({ unproved: true, reason: 'C loses money' });
  });
});

describe('rollback cannot be blocked', () => {
  it('by a lock, nor by a config that is broken: the policy of the last intent counts', async () => {
    const at = await deskWith([A, B]);
    expect((await rollbackAt(at, { policy: undefined })).outcome).toBe('done');
  });

  it('by somebody at work: takes their operation over', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(C).fates.set('prod', ['dark']);
    await expect(promoteAt(at, C)).rejects.toThrow('503');
    at.registry.down = false;
    at.liveness = 'alive';
    const result = await rollbackAt(at.forget());
    expect(result).toMatchObject({ outcome: 'done', release: B, from: C.digest });
    expect(left(at)).toEqual([C.digest]);
  });

  it('by a tag that somebody moved: restores what the ledger knows, and quarantines what it found', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(X, 'prod');
    const result = await rollbackAt(at);
    expect(result).toMatchObject({ outcome: 'done', release: B, from: X.digest });
    expect(left(at)).toEqual([X.digest]);
  });

  it('by a tag that is gone', async () => {
    const at = await deskWith([A, B]);
    at.registry.tags.delete('prod');
    expect(await rollbackAt(at)).toMatchObject({ outcome: 'done', release: B, from: 'absent' });
    expect(left(at)).toEqual([]);
  });

  it('by a tag that is moved by hand after its intent: a rollback writes it all the same', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(X);
    at.before('append intent', () => at.registry.tags.set('prod', X.digest));
    expect((await rollbackAt(at)).outcome).toBe('done');
    expect(at.registry.tags.get('prod')).toBe(A.digest);
  });

  it('but by a registry that does not answer: nothing is guessed', async () => {
    const at = await deskWith([A, B]);
    at.registry.down = true;
    const result = await rollbackAt(at);
    expect(result).toMatchObject({ outcome: 'refused', reasons: [{ code: 'tag-unreadable' }] });
    expect(result.message).toContain('The registry does not answer: 503.');
    expect(at.log).toEqual([]);
  });
});

describe('rollback: moved, not proved', () => {
  it('the deployment fails', async () => {
    const at = await deskWith([A, B]);
    at.undeployable.set('1.0.0', 'no cluster.');
    const result = await rollbackAt(at);
    expect(result).toMatchObject({
      outcome: 'moved-not-proved',
      message: `The tag of bank/production points at ${name(A)} again, but it was NOT deployed: no cluster.`,
    });
    expect(exitCodeOf(result)).toBe(3);
    expect(at.registry.tags.get('prod')).toBe(A.digest);
  });

  it('the probes fail twice', async () => {
    const at = await deskWith([A, B]);
    at.answers.set('1.0.0', ['bad', 'bad']);
    const result = await rollbackAt(at);
    expect(result.outcome).toBe('moved-not-proved');
    expect(result.message).toMatch(
      /points at 1\.0\.0 .* again: moved, not proved\. .*expected 200, saw 500\.$/,
    );
    expect(result).not.toHaveProperty('healthyMs');
    expect(current(at)).toBe('1.0.0');
  });

  it('the last policy has no probes', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(C);
    await promoteAt(at, C, { policy: followsTag({ probes: [] }) });
    const result = await rollbackAt(at);
    expect(result).toMatchObject({ outcome: 'moved-not-proved', release: B, look: { outcome: 'unproved' } });
  });

  it('the tag cannot be moved: says that nothing was rolled back', async () => {
    const at = await deskWith([A, B]);
    at.registry.fates.set('prod', ['refused']);
    const result = await rollbackAt(at);
    expect(result).toMatchObject({
      outcome: 'not-moved',
      message: 'bank/production was NOT rolled back. The tag prod is immutable.',
    });
    expect(at.state().open).toBeUndefined();
    expect((await rollbackAt(at)).outcome).toBe('done');
  });
});

describe('rollback and rollback', () => {
  async function cutOff(): Promise<ReleaseDesk> {
    const at = await deskWith([A, B]);
    at.registry.fates.set('prod', ['dark']);
    await expect(rollbackAt(at)).rejects.toThrow('503');
    at.registry.down = false;
    at.liveness = 'alive';
    return at.forget();
  }

  it('joins one that is under way, and brings it to its end where its owner dies', async () => {
    const at = await cutOff();
    at.onSleep(() => (at.liveness = 'dead'));
    expect(await rollbackAt(at)).toMatchObject({ outcome: 'done', release: A });
    expect(at.steps[0]).toMatchObject({
      step: 'joined',
      message: expect.stringMatching(/^ana is rolling back to 1\.0\.0 .* already \(since .*\); following\.$/),
    });
    expect(left(at)).toEqual([B.digest]);
  });

  it('joins one that is under way, and says so when it is done', async () => {
    const at = await cutOff();
    at.onSleep(async () => {
      at.liveness = 'dead';
      await rollbackAt(at);
    });
    expect(await rollbackAt(at)).toMatchObject({
      outcome: 'nothing',
      message: expect.stringMatching(/already rolled back to 1\.0\.0/),
    });
    expect(at.log.filter((effect) => effect === 'append intent')).toHaveLength(1);
  });

  it('a live one that does not end is followed until its lease is over, and then taken over', async () => {
    const at = await cutOff();
    const result = await rollbackAt(at);
    expect(result).toMatchObject({ outcome: 'done', release: A });
    expect(at.log.filter((effect) => effect === 'append intent')).toHaveLength(1);
  });

  it('another release that is named takes it over', async () => {
    const at = await cutOff();
    at.registry.has(C);
    const result = await rollbackAt(at, { release: C, unproved: true, reason: 'A is worse' });
    expect(result).toMatchObject({ outcome: 'done', release: C });
    expect(left(at)).toEqual([B.digest]);
  });

  it('joins one that leaves the same that somebody put there by hand', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(X, 'prod');
    let inner: unknown;
    at.before('append intent', async () => {
      at.registry.fates.set('prod', ['dark']);
      await rollbackAt(at).catch((error: unknown) => (inner = error));
      at.registry.down = false;
    });
    const result = await rollbackAt(at);
    expect(inner).toBeDefined();
    expect(result).toMatchObject({ outcome: 'done', release: B });
  });

  it('says in the ledger when it was asked for', async () => {
    const at = await deskWith([A, B]);
    const commentedAt = new Date(at.ms - 1000).toISOString();
    await rollbackAt(at, { commentedAt });
    expect((await at.entries())[8]?.entry).toMatchObject({ kind: 'intent', askedAt: commentedAt });
  });
});
