import { describe, expect, it } from 'vitest';
import { adopt } from '../../../../src/app/release/adopt.ts';
import { lockLane, unlockLane } from '../../../../src/app/release/lock.ts';
import { releaseQuarantined } from '../../../../src/app/release/release-quarantined.ts';
import { verifyLane } from '../../../../src/app/release/verify.ts';
import { A, B, C, LANE, samplePolicy, STAGING } from '../../../support/lane-story.ts';
import { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

const BY = { comment: '77' };
const intents = async (at: ReleaseDesk) =>
  (await at.entries()).flatMap(({ entry }) => ('comment' in entry && entry.kind === 'intent' ? [entry] : []));

async function desk(): Promise<ReleaseDesk> {
  const at = await deskWith([A, B]);
  at.registry.has(C);
  return at;
}

describe('a comment that was carried out', () => {
  it('does not promote again, whatever came after it', async () => {
    const at = await desk();
    expect((await promoteAt(at, C, BY)).outcome).toBe('done');
    await rollbackAt(at.pass(1000));
    at.forget();
    const again = await promoteAt(at, C, BY);
    expect(again).toMatchObject({ outcome: 'nothing', release: C, seq: 9 });
    expect(again.message).toMatch(
      /^This comment was carried out already \(entry 9 of bank\/production, 2026-.*\), and is not carried out twice: promote to 3\.0\.0 .*\. The tag was moved at .*, and ana's rollback to 2\.0\.0 .* followed at /,
    );
    expect(at.log).toEqual([]);
  });

  it('does not roll back again', async () => {
    const at = await desk();
    expect(await rollbackAt(at, BY)).toMatchObject({ outcome: 'done', release: A });
    await promoteAt(at, C);
    at.forget();
    const again = await rollbackAt(at, BY);
    expect(again).toMatchObject({ outcome: 'nothing', release: A });
    expect(at.log).toEqual([]);
  });

  it('says that it moved nothing where it was closed so', async () => {
    const at = await desk();
    at.registry.fates.set('prod', ['refused']);
    expect((await promoteAt(at, C, BY)).outcome).toBe('not-moved');
    const again = await promoteAt(at.forget(), C, BY);
    expect(again.outcome).toBe('not-moved');
    expect(again.message).toContain(
      'It moved nothing: The tag prod is immutable. Ask again with a new comment.',
    );
    expect(at.log).toEqual([]);
  });

  it('says who is at work on it, and does not disturb them', async () => {
    const at = await desk();
    at.diesAt('put prod');
    await expect(promoteAt(at, C, BY)).rejects.toThrow(/killed|503/);
    at.revive().forget().liveness = 'alive';
    const again = await promoteAt(at, C, BY);
    expect(again.outcome).toBe('nothing');
    expect(again.message).toContain('ana is at work on it since');
    expect(at.log).toEqual([]);
  });

  it('does not adopt again', async () => {
    const at = new ReleaseDesk();
    at.registry.has(A, 'prod').has(B);
    const order = { lane: LANE, policy: samplePolicy(), reason: 'in service', ...BY };
    expect((await adopt(at.ports(), order)).outcome).toBe('done');
    at.registry.has(B, 'prod');
    expect((await adopt(at.ports(), order)).outcome).toBe('nothing');
    expect((await intents(at)).map(({ to }) => to)).toEqual([A.digest]);
  });

  it('does not lock or unlock again', async () => {
    const at = await desk();
    const [lock, unlock] = [
      { ...BY, lane: LANE, reason: 'audit' },
      { lane: LANE, comment: '78' },
    ];
    expect((await lockLane(at.ports(), lock)).outcome).toBe('done');
    expect((await unlockLane(at.ports(), unlock)).outcome).toBe('done');
    expect(await lockLane(at.ports(), lock)).toMatchObject({
      outcome: 'nothing',
      message: expect.stringMatching(/carried out already \(entry 9 .* twice\. It locked the lane\.$/),
    });
    expect(at.state().lock).toBeUndefined();
    await lockLane(at.ports(), { lane: LANE, reason: 'audit' });
    expect((await unlockLane(at.ports(), unlock)).outcome).toBe('nothing');
    expect(at.state().lock).toBeDefined();
  });

  it('does not release again what was left again since, in whichever lane', async () => {
    const at = await desk();
    const atStaging = { lane: STAGING, policy: samplePolicy({ tag: 'staging' }) };
    await promoteAt(at, A, atStaging);
    await promoteAt(at, B, atStaging);
    await rollbackAt(at);
    const order = { model: 'bank', release: B.digest, reason: 'not its fault', ...BY };
    expect((await releaseQuarantined(at.ports(), order)).outcome).toBe('done');
    await rollbackAt(at, { lane: STAGING });
    const again = await releaseQuarantined(at.ports(), order);
    expect(again).toMatchObject({ outcome: 'nothing' });
    expect(again.message).toMatch(/It took the release out of quarantine\.$/);
    expect(at.state(STAGING).left).toHaveLength(1);
  });
});

describe('a promotion by comment that was cut off', () => {
  it.each(['append intent', 'put prod-9', 'put prod'])(
    'before it moved anything, at %s: the same comment goes on with it',
    async (effect) => {
      const at = await desk();
      at.diesAt(effect);
      await expect(promoteAt(at, C, BY)).rejects.toThrow(/killed|503/);
      const result = await promoteAt(at.revive(), C, BY);
      expect(result).toMatchObject({ outcome: 'done', release: C, from: B.digest });
      const [first, second] = await intents(at);
      expect(second?.takesOver).toBe(effect === 'append intent' ? undefined : first?.id);
      expect(at.registry.tags.get('prod')).toBe(C.digest);
      expect((await promoteAt(at, C, BY)).outcome).toBe('nothing');
    },
  );

  it.each(['append moved', 'deploy 3.0.0', 'append deployed'])(
    'after the tag was written, at %s: it is brought to its end, and that is the answer',
    async (effect) => {
      const at = await desk();
      at.diesAt(effect);
      await expect(promoteAt(at, C, BY)).rejects.toThrow(/killed|503/);
      const result = await promoteAt(at.revive(), C, BY);
      expect(result).toMatchObject({
        command: 'promote',
        outcome: 'done',
        release: C,
        undo: 'rollback bank/production',
      });
      expect(await intents(at)).toHaveLength(2);
    },
  );

  it('goes on with the release that it was about, whatever is the default by now', async () => {
    const at = await desk();
    at.diesAt('put prod');
    await expect(promoteAt(at, C, BY)).rejects.toThrow(/killed|503/);
    expect(await promoteAt(at.revive(), A, BY)).toMatchObject({ outcome: 'done', release: C });
  });

  it('is refused, and closed, where something speaks against it by now', async () => {
    const at = await desk();
    at.diesAt('put prod');
    await expect(promoteAt(at, C, BY)).rejects.toThrow(/killed|503/);
    await lockLane(at.revive().ports(), { lane: LANE, reason: 'audit' });
    const result = await promoteAt(at, C, BY);
    expect(result).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'locked' }],
      head: at.ledger.head(),
    });
    expect(at.state().open).toBeUndefined();
    expect((await promoteAt(at, C, BY)).outcome).toBe('not-moved');
  });

  it('is closed by whoever comes first, and not begun again', async () => {
    const at = await desk();
    at.diesAt('put prod');
    await expect(promoteAt(at, C, BY)).rejects.toThrow(/killed|503/);
    await verifyLane(at.revive().ports(), { lane: LANE, policy: undefined });
    const again = await promoteAt(at, C, BY);
    expect(again.outcome).toBe('not-moved');
    expect(again.message).toContain('is gone; the tag had not moved');
  });
});

describe('a rollback by comment that was cut off', () => {
  it.each(['put prod-9', 'put prod', 'append moved', 'deploy 1.0.0', 'append deployed'])(
    'at %s: the same comment goes on with it, to where it was going',
    async (effect) => {
      const at = await desk();
      at.diesAt(effect);
      await expect(rollbackAt(at, BY)).rejects.toThrow(/killed|503/);
      const result = await rollbackAt(at.revive(), { ...BY, release: B });
      expect(result).toMatchObject({ outcome: 'done', release: A });
      const [first, second, ...others] = await intents(at);
      expect([second?.takesOver, others]).toEqual([first?.id, []]);
      expect((await rollbackAt(at, BY)).outcome).toBe('nothing');
    },
  );

  it('is followed to its end where somebody is at work on it', async () => {
    const at = await desk();
    at.diesAt('put prod');
    await expect(rollbackAt(at, BY)).rejects.toThrow(/killed|503/);
    at.revive().liveness = 'alive';
    at.onSleep(async () => {
      at.liveness = 'dead';
      await verifyLane(at.ports('eve'), { lane: LANE, policy: undefined });
    });
    const result = await rollbackAt(at, BY);
    expect(result).toMatchObject({ outcome: 'nothing', release: A });
    expect(await intents(at)).toHaveLength(2);
  });
});

describe('a comment that is older than the last move', () => {
  it('does not promote: what was rolled back from does not come back by it', async () => {
    const at = await desk();
    const commentedAt = new Date(at.ms).toISOString();
    await rollbackAt(at.pass(1000));
    at.pass(1000).forget();
    const result = await promoteAt(at, C, { ...BY, commentedAt });
    expect(result).toMatchObject({ outcome: 'refused', reasons: [{ code: 'overtaken' }] });
    expect(at.log).toEqual([]);
    const now = new Date(at.ms).toISOString();
    expect((await promoteAt(at, C, { comment: '78', commentedAt: now })).outcome).toBe('done');
    expect((await intents(at)).at(-1)).toMatchObject({ askedAt: now, comment: '78' });
  });
});
