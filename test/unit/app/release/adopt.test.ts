import { describe, expect, it } from 'vitest';
import { adopt, type AdoptionOrder } from '../../../../src/app/release/adopt.ts';
import type { LaneResult } from '../../../../src/promotion/lane-result.ts';
import { verifyLane } from '../../../../src/app/release/verify.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { releaseOf } from '../../../../src/app/release/find-release.ts';
import { releaseFiles } from '../../../../src/ledger/release-files.ts';
import { A, B, followsTag, LANE, samplePolicy, sampleRelease } from '../../../support/lane-story.ts';
import { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

const X = sampleRelease('by hand');
const adoptAt = (at: ReleaseDesk, changes: Partial<AdoptionOrder> = {}): Promise<LaneResult> =>
  adopt(at.ports(), { lane: LANE, policy: samplePolicy(), reason: 'in service since 2024', ...changes });

describe('adopt', () => {
  it('takes what is there into the ledger, with a record of its own; no tag is written, nothing deployed', async () => {
    const at = new ReleaseDesk();
    at.registry.has(X, 'prod');
    const result = await adoptAt(at);
    expect(at.log).toEqual(['append intent', 'append moved']);
    const version = `adopted-${X.digest.slice(7, 19)}`;
    expect(result).toMatchObject({
      outcome: 'done',
      seq: 1,
      from: X.digest,
      release: { version, adopted: 'in service since 2024', carries: 'unproved' },
    });
    expect(result.message).toContain(
      'It becomes known good when known-good verify bank/production has seen its soak.',
    );
    expect(await releaseOf(at.ledger, 'bank', X.digest)).toEqual(result.release);
    expect(at.state().open).toBeUndefined();
  });

  it('writes down which config its policy is from, and says so', async () => {
    const at = new ReleaseDesk();
    at.registry.has(X, 'prod');
    const config = { digest: digestOf('config'), commit: 'c'.repeat(40), state: 'committed' } as const;
    expect(await adoptAt(at, { config })).toMatchObject({ decidedBy: { kind: 'config', ...config } });
    expect((await at.entries())[0]?.entry).toMatchObject({ kind: 'intent', config });
  });

  it('takes the registered record where there is one', async () => {
    const at = new ReleaseDesk();
    at.registry.has(A, 'prod');
    at.ledger.appendNow({ parent: undefined, files: releaseFiles(A), message: 'register' });
    expect(await adoptAt(at)).toMatchObject({ release: { version: '1.0.0' } });
  });

  it('settles drift: then the ledger says what the tag says', async () => {
    const at = await deskWith([A]);
    at.registry.has(X, 'prod').has(B);
    expect((await promoteAt(at, B)).reasons?.map(({ code }) => code)).toEqual(['drift']);
    expect((await adoptAt(at)).outcome).toBe('done');
    expect((await promoteAt(at, B)).outcome).toBe('done');
    expect(await rollbackAt(at)).toMatchObject({ release: A });
  });

  it.each<[string, Partial<AdoptionOrder>, string]>([
    ['without a reason', { reason: undefined }, 'reason-missing'],
    ['another release than is there', { release: A }, 'drift'],
  ])('refuses: %s; and writes nothing', async (_, changes, code) => {
    const at = new ReleaseDesk();
    at.registry.has(X, 'prod');
    expect((await adoptAt(at, changes)).reasons?.map((reason) => reason.code)).toEqual([code]);
    expect(at.log).toEqual([]);
  });

  it('what failed its gate is taken, and everybody is told that it is no way back', async () => {
    const at = await deskWith([B]);
    const artifact = digestOf('artifact');
    const verdict = { kind: 'gate', digest: digestOf('v'), outcome: 'fail', artifact } as const;
    const evidence = [{ ...verdict, createdAt: '2026-02-01T00:00:00.000Z', reason: 'roc_auc is 0.70.' }];
    const bad = { ...A, artifact, evidence };
    at.registry.has(A, 'prod').has(X);
    const parent = at.ledger.head();
    at.ledger.appendNow({ parent, files: releaseFiles(bad), message: 'register' });
    const warning = 'Its gate verdict is fail: roc_auc is 0.70; it will not count as known good.';
    expect((await adoptAt(at, { dryRun: true })).message).toContain(warning);
    const adopted = await adoptAt(at);
    expect(adopted.message).toContain(warning);
    expect(adopted.message).not.toContain('It becomes known good');
    const looked = await verifyLane(at.ports(), { lane: LANE, policy: undefined });
    expect(looked).toMatchObject({ outcome: 'done', look: { outcome: 'healthy' } });
    expect(looked.message).toContain('but not known good: its gate verdict is fail: roc_auc is 0.70.');
    at.pass(3_600_000);
    expect((await promoteAt(at, X)).outcome).toBe('done');
    const named = await rollbackAt(at, { release: bad });
    expect(named).toMatchObject({
      outcome: 'refused',
      reasons: [{ code: 'not-known-good', settle: 'rollback bank/production 1.0.0 --unproved --reason "…"' }],
    });
    expect(await rollbackAt(at)).toMatchObject({
      release: B,
      passedOver: [{}, { rejected: { rule: 'verdict-fails' } }],
    });
  });

  it('reads nothing back, and does not say so', async () => {
    const at = new ReleaseDesk();
    at.registry.has(X, 'prod');
    await adoptAt(at);
    const said = at.steps.map(({ message }) => message).join(' ');
    expect(said).toContain('and the ledger says so now; nothing was moved.');
    expect(said).not.toContain('read back');
  });

  it('does nothing the second time', async () => {
    const at = await deskWith([A]);
    expect((await adoptAt(at)).outcome).toBe('nothing');
    expect(at.log).toEqual([]);
  });

  it('a new tag for the same release is adopted, so that promotions go on', async () => {
    const at = await deskWith([A]);
    const policy = followsTag({ tag: 'live' });
    at.registry.has(A, 'live').has(B);
    expect((await promoteAt(at, B, { policy })).reasons?.map(({ settle }) => settle)).toEqual([
      'adopt bank/production --reason "new tag"',
    ]);
    await adoptAt(at, { policy, reason: 'new tag' });
    expect((await promoteAt(at, B, { policy })).outcome).toBe('done');
  });

  it('a new tag that is not there yet: there is a command that settles it', async () => {
    const at = await deskWith([A]);
    const policy = followsTag({ tag: 'live' });
    at.registry.has(B);
    const adopted = await adoptAt(at, { policy, reason: 'new tag' });
    const promoted = await promoteAt(at, B, { policy });
    expect([adopted.outcome, promoted.outcome]).toContain('done');
  });

  it('a new tag that is not there yet takes the current release too', async () => {
    const at = await deskWith([A]);
    const policy = followsTag({ tag: 'live' });
    expect((await promoteAt(at, A, { policy })).outcome).toBe('done');
  });

  it('a new tag that could not be written leaves the lane as it was: the next promotion goes on', async () => {
    const at = await deskWith([A]);
    const policy = followsTag({ tag: 'live' });
    at.registry.has(B).fates.set('live', ['refused']);
    expect((await promoteAt(at, B, { policy })).outcome).toBe('not-moved');
    expect((await promoteAt(at, B, { policy })).outcome).toBe('done');
  });
});
