import { describe, expect, it } from 'vitest';
import { adopt, type AdoptionOrder } from '../../../../src/app/release/adopt.ts';
import { lockLane } from '../../../../src/app/release/lock.ts';
import { laneStatuses } from '../../../../src/app/release/status.ts';
import { verifyLane } from '../../../../src/app/release/verify.ts';
import { verifyLedger } from '../../../../src/app/release/verify-ledger.ts';
import type { Lane } from '../../../../src/core/lane.ts';
import type { LedgerStore } from '../../../../src/core/ledger-store.ts';
import type { LaneResult } from '../../../../src/promotion/lane-result.ts';
import { A, B, C, followsTag, LANE, samplePolicy, sampleRelease } from '../../../support/lane-story.ts';
import { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

/** What the environment is called now; model, image and tag are what they were. */
const PROD: Lane = { model: 'bank', environment: 'prod' };
const X = sampleRelease('by hand');

const adoptAt = (at: ReleaseDesk, changes: Partial<AdoptionOrder> = {}): Promise<LaneResult> =>
  adopt(at.ports(), { lane: PROD, policy: samplePolicy(), reason: 'renamed', ...changes });
const codes = ({ reasons = [] }: LaneResult) => reasons.map(({ code }) => code);
const settles = ({ reasons = [] }: LaneResult) => reasons.map(({ settle }) => settle);
/** What is wrong with the ledger; the sample releases were never registered. */
const problems = async (at: ReleaseDesk) =>
  (await verifyLedger(at.ledger, undefined)).problems.filter(({ code }) => code !== 'missing-release');

describe('an environment that has another name now', () => {
  it('is no second lane: every command names the lane that has the tag, and what settles it', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(C);
    const promoted = await promoteAt(at, C, { lane: PROD });
    expect(promoted).toMatchObject({ outcome: 'refused', reasons: [{ code: 'tag-of-other-lane' }] });
    expect(promoted.message).toContain('bank/production governs oci-layout:registry:prod in the ledger');
    expect(settles(promoted)).toEqual(['adopt bank/prod --reason "renamed"']);
    const looked = await verifyLane(at.ports(), { lane: PROD, policy: samplePolicy() });
    expect(codes(looked)).toEqual(['tag-of-other-lane']);
    const [status] = await laneStatuses(at.ports(), [{ lane: PROD, policy: samplePolicy() }]);
    expect(status?.tag).toMatchObject({ kind: 'other-lane', settle: ['adopt bank/prod --reason "renamed"'] });
    for (const named of [{}, { release: A, unproved: true, reason: 'r' }]) {
      const back = await rollbackAt(at, { lane: PROD, policy: samplePolicy(), ...named });
      expect(settles(back)).toEqual(['rollback bank/production   or   adopt bank/prod --reason "renamed"']);
    }
    expect(at.log).toEqual([]);
    expect(await rollbackAt(at)).toMatchObject({ outcome: 'done', release: A });
  });

  it('carries on by an adoption: nothing moves, and the way back is what it was', async () => {
    const at = await deskWith([A, B]);
    const result = await adoptAt(at);
    expect(result).toMatchObject({ outcome: 'done', release: B, carriesOnFrom: LANE });
    expect(result.message).toContain('bank/prod carries on from bank/production, which is closed');
    expect(at.log).toEqual(['append inherited']);
    expect(await rollbackAt(at, { lane: PROD })).toMatchObject({ outcome: 'done', release: A });
    expect(at.registry.tags.get('prod')).toBe(A.digest);
    at.registry.has(C);
    at.pass(3_600_000);
    expect((await promoteAt(at, C, { lane: PROD })).outcome).toBe('done');
    expect(await problems(at)).toEqual([]);
  });

  it('uses no number twice, for the anchors of the tag and for deployments', async () => {
    const at = await deskWith([A, B]);
    const anchors = [...at.registry.tags.keys()];
    const last = at.state().seq;
    await adoptAt(at);
    at.registry.has(C);
    await promoteAt(at, C, { lane: PROD });
    expect(at.registry.tags.get(`prod-${last + 3}`)).toBe(C.digest);
    expect(anchors).not.toContain(`prod-${last + 3}`);
    expect(at.requests.map(({ seq }) => seq)).toEqual([last + 3]);
  });

  it('closes the old lane: whoever asks it is told where to go', async () => {
    const at = await deskWith([A, B]);
    await adoptAt(at);
    at.forget();
    const back = await rollbackAt(at);
    expect([codes(back), settles(back)]).toEqual([['lane-closed'], ['rollback bank/prod']]);
    expect(back.message).toMatch(/was closed by ana at .* \(renamed\): bank\/prod carries on from it/);
    expect(settles(await rollbackAt(at, { release: A, unproved: true, reason: 'r' }))).toEqual([
      'rollback bank/prod',
    ]);
    expect(codes(await verifyLane(at.ports(), { lane: LANE, policy: undefined }))).toEqual(['lane-closed']);
    expect((await lockLane(at.ports(), { lane: LANE, reason: 'audit' })).reasons).toMatchObject([
      { code: 'lane-closed' },
    ]);
    const [status] = await laneStatuses(at.ports(), [{ lane: LANE, policy: undefined }]);
    expect(status?.tag).toMatchObject({ kind: 'closed', settle: ['status bank/prod'] });
    const old = await promoteAt(at, A);
    expect([codes(old), settles(old)]).toEqual([
      ['tag-of-other-lane'],
      ['adopt bank/production --reason "renamed"'],
    ]);
    expect(at.log).toEqual([]);
  });

  it('can have its old name back', async () => {
    const at = await deskWith([A, B]);
    await adoptAt(at);
    expect((await adoptAt(at, { lane: LANE, reason: 'and back' })).outcome).toBe('done');
    expect(await rollbackAt(at)).toMatchObject({ outcome: 'done', release: A });
    expect(codes(await rollbackAt(at, { lane: PROD }))).toEqual(['lane-closed']);
    expect(await problems(at)).toEqual([]);
  });

  it('tells in a dry run, and writes nothing', async () => {
    const at = await deskWith([A]);
    const result = await adoptAt(at, { dryRun: true });
    expect(result).toMatchObject({
      outcome: 'planned',
      message: 'Would let bank/prod carry on from bank/production, and close that one.',
    });
    expect(at.log).toEqual([]);
  });

  it('adopts what somebody put there by hand, too', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(X, 'prod');
    const result = await adoptAt(at);
    expect(result).toMatchObject({ outcome: 'done', from: X.digest, carriesOnFrom: LANE });
    expect(at.log).toEqual(['append inherited', 'append intent', 'append moved']);
    expect(await rollbackAt(at, { lane: PROD })).toMatchObject({ release: B });
  });

  it('carries on where the tag is gone: the new lane puts it back', async () => {
    const at = await deskWith([A, B]);
    at.registry.tags.delete('prod');
    expect((await adoptAt(at)).message).toContain('known-good rollback bank/prod');
    expect((await rollbackAt(at, { lane: PROD })).outcome).toBe('done');
  });

  it('carries on from a lane whose first promotion never moved anything', async () => {
    const at = new ReleaseDesk();
    at.registry.has(A).fates.set('prod', ['refused']);
    expect((await promoteAt(at, A)).outcome).toBe('not-moved');
    expect(codes(await promoteAt(at, A, { lane: PROD }))).toEqual(['tag-of-other-lane']);
    expect((await adoptAt(at)).outcome).toBe('done');
    expect((await promoteAt(at, A, { lane: PROD })).outcome).toBe('done');
  });

  it('first ends what a dead owner left in the old lane', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(C);
    await promoteAt(at.diesAt('append moved'), C).catch(() => undefined);
    expect((await adoptAt(at.revive())).outcome).toBe('done');
    expect(at.state(PROD).tenures.at(-1)?.release).toEqual(C);
    expect(await problems(at)).toEqual([]);
  });

  it('waits for whoever is at work on the old lane', async () => {
    const at = await deskWith([A, B]);
    at.registry.has(C);
    await promoteAt(at.diesAt('append moved'), C).catch(() => undefined);
    at.revive().liveness = 'alive';
    expect(codes(await adoptAt(at.forget()))).toEqual(['busy']);
    expect(at.log).toEqual([]);
  });

  it('keeps the lock', async () => {
    const at = await deskWith([A]);
    await lockLane(at.ports(), { lane: LANE, reason: 'audit' });
    await adoptAt(at);
    at.registry.has(B);
    expect(codes(await promoteAt(at, B, { lane: PROD }))).toEqual(['locked']);
  });

  it('a model that has another name cannot carry on; it is told so', async () => {
    const at = await deskWith([A]);
    const lane = { model: 'bank2', environment: 'production' };
    const result = await adoptAt(at, { lane });
    expect([codes(result), settles(result)]).toEqual([['tag-of-other-lane'], [undefined]]);
    expect(result.message).toContain('call it bank again');
  });

  it('a lane with a history of its own cannot carry on from another', async () => {
    const at = await deskWith([A]);
    await promoteAt(at, A, { lane: PROD, policy: samplePolicy({ tag: 'live' }) });
    const result = await adoptAt(at.forget());
    expect(codes(result)).toEqual(['tag-of-other-lane']);
    expect(result.message).toContain('has a history of its own, under oci-layout:registry:live');
    expect(at.log).toEqual([]);
  });

  it('refuses without a reason', async () => {
    const at = await deskWith([A]);
    expect(codes(await adoptAt(at, { reason: undefined }))).toEqual(['reason-missing']);
  });
});

describe('one tag, one lane', () => {
  it('a lane whose config names the tag of another is kept from it, though nothing is there', async () => {
    const at = await deskWith([A]);
    await promoteAt(at, A, { lane: PROD, policy: followsTag({ tag: 'live' }) });
    at.registry.tags.delete('prod');
    const result = await promoteAt(at.forget(), A, { lane: PROD, policy: followsTag() });
    expect(result.outcome).toBe('not-moved');
    expect(result.message).toContain('bank/production governs oci-layout:registry:prod');
    expect(at.log).toEqual([]);
  });

  it('of two first promotions under two names at once, one is a lane', async () => {
    const at = new ReleaseDesk();
    at.registry.has(A);
    at.before('append intent', () => promoteAt(at, A, { lane: LANE }));
    const second = await promoteAt(at, A, { lane: PROD });
    expect(codes(second)).toEqual(['tag-of-other-lane']);
    expect([at.state().tenures.length, at.state(PROD).seq]).toEqual([1, 0]);
  });

  it('a promotion on the old lane that comes between is not lost', async () => {
    const at = await deskWith([A]);
    at.registry.has(B);
    at.before('append inherited', () => promoteAt(at, B));
    expect((await adoptAt(at)).outcome).toBe('done');
    expect(at.state(PROD).tenures.map(({ release }) => release)).toEqual([A, B]);
    expect(await problems(at)).toEqual([]);
  });

  it('a commit whose answer was lost is found', async () => {
    const at = await deskWith([A, B]);
    const { ledger } = at;
    const lossy: LedgerStore = {
      ...ledger,
      append: async (commit) => {
        const written = await ledger.append(commit);
        if (commit.message.endsWith('inherited')) throw new Error('no answer');
        return written;
      },
    };
    const order = { lane: PROD, policy: samplePolicy(), reason: 'renamed' };
    expect((await adopt(at.ports('ana', lossy), order)).outcome).toBe('done');
    expect(at.state(PROD).tenures).toHaveLength(2);
  });

  it('a commit that never came is written again, with the same numbers', async () => {
    const at = await deskWith([A, B]);
    const { ledger } = at;
    let failures = 2;
    const lossy: LedgerStore = {
      ...ledger,
      append: (commit) => (failures-- > 0 ? Promise.reject(new Error('no way')) : ledger.append(commit)),
    };
    const order = { lane: PROD, policy: samplePolicy(), reason: 'renamed' };
    expect((await adopt(at.ports('ana', lossy), order)).outcome).toBe('done');
    expect(await problems(at)).toEqual([]);
  });

  it('costs an ordinary promotion nothing, and a first one no more in an old ledger', async () => {
    const cost = async (releases: readonly (typeof A)[], order: Parameters<typeof promoteAt>[2]) => {
      const at = await deskWith(releases);
      at.registry.has(X);
      const asked = { read: 0, list: 0 };
      const counting: LedgerStore = {
        ...at.ledger,
        read: (paths) => (asked.read++, at.ledger.read(paths)),
        list: (head, folder) => (asked.list++, at.ledger.list(head, folder)),
      };
      const plain = at.ports();
      at.ports = () => ({ ...plain, ledger: counting });
      expect((await promoteAt(at, X, order)).outcome).toBe('done');
      return asked;
    };
    expect((await cost([A, B], {})).list).toBe(0);
    const other = { lane: PROD, policy: samplePolicy({ tag: 'live' }) };
    expect(await cost([A, B, A, B, A, B], other)).toEqual(await cost([A], other));
  });
});
