import { describe, expect, it } from 'vitest';
import { approveRelease, type ApprovalOrder } from '../../../../src/app/release/approve.ts';
import { promote } from '../../../../src/app/release/promote.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import type { ForgeComment } from '../../../../src/core/forge.ts';
import type { Policy } from '../../../../src/core/policy.ts';
import type { Release } from '../../../../src/core/release.ts';
import { releaseFiles } from '../../../../src/ledger/release-files.ts';
import type { ChangeResult } from '../../../../src/promotion/change-result.ts';
import type { LaneResult } from '../../../../src/promotion/lane-result.ts';
import { A, B, C, LANE, samplePolicy } from '../../../support/lane-story.ts';
import type { ReleaseDesk } from '../../../support/release-desk.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';

const GATES = digestOf('gates');
const rules = { gates: GATES, defaultRef: 'refs/heads/main', actor: 'ana' };
const TWO = samplePolicy({ approvals: 2 });

/** A desk in front of a forge with comments: production serves A; B and C are registered and can be pulled. */
class Forum {
  readonly comments = new Map<string, ForgeComment>();
  readonly at: ReleaseDesk;
  /** What reading a comment is rejected with. */
  trouble: Error | undefined;
  reads = 0;
  private ids = 0;

  constructor(at: ReleaseDesk) {
    this.at = at;
  }

  ports(name: string) {
    const read = (id: string) => {
      this.reads++;
      return this.trouble === undefined
        ? Promise.resolve(this.comments.get(id))
        : Promise.reject(this.trouble);
    };
    return { ...this.at.ports(name), comments: { read } };
  }

  write(login: string, body: string): ForgeComment {
    const [id, now] = [String(++this.ids), new Date(this.at.ms).toISOString()];
    const shared = { id, body, createdAt: now, updatedAt: now, url: '' };
    const comment: ForgeComment = { ...shared, author: { login, kind: 'user' } };
    this.comments.set(id, comment);
    return comment;
  }

  edit(id: string, changes: Partial<ForgeComment>): void {
    const comment = this.comments.get(id);
    if (comment !== undefined) this.comments.set(id, { ...comment, ...changes });
  }

  approve(login: string, changes: Partial<ApprovalOrder> = {}): Promise<ChangeResult> {
    const { id, createdAt, body } = this.write(login, '/approve production 2.0.0');
    const order = { lane: LANE, policy: TWO, rules, release: B, comment: id, commentedAt: createdAt, body };
    return approveRelease(this.ports(login), { ...order, ...changes });
  }

  promote(policy: Policy = TWO, changes: Partial<typeof rules> = {}): Promise<LaneResult> {
    return promote(this.ports('ana'), { lane: LANE, policy, release: B, rules: { ...rules, ...changes } });
  }
}

async function forum(): Promise<Forum> {
  const at = await deskWith([A]);
  for (const release of [B, C]) register(at, release);
  return new Forum(at);
}

function register(at: ReleaseDesk, release: Release): void {
  at.registry.has(release);
  at.ledger.appendNow({ parent: at.ledger.head(), files: releaseFiles(release), message: 'register' });
}

describe('approveRelease', () => {
  it('records who, what, by which text and on what basis, and counts', async () => {
    const there = await forum();
    const first = await there.approve('bo', { reason: 'read the report' });
    expect(first).toMatchObject({
      command: 'approve',
      outcome: 'done',
      message: `bo approves 2.0.0 (${B.digest.slice(0, 19)}) for bank/production: 1 of 2 approvals.`,
      approvals: { given: 1, needed: 2 },
      head: there.at.ledger.head(),
    });
    expect(first.next).toBeUndefined();
    expect((await there.at.entries()).at(-1)?.entry).toMatchObject({
      kind: 'approved',
      digest: B.digest,
      version: '2.0.0',
      comment: '1',
      body: digestOf('/approve production 2.0.0'),
      basis: { from: A.digest, evidence: [], gates: GATES },
      reason: 'read the report',
    });
    expect(await there.approve('cy')).toMatchObject({
      approvals: { given: 2, needed: 2 },
      next: 'promote bank/production 2.0.0',
    });
  });

  it('does not approve twice', async () => {
    const there = await forum();
    await there.approve('bo');
    const again = await there.approve('Bo');
    expect(again).toMatchObject({ outcome: 'nothing' });
    expect(again.message).toMatch(/^bo approved 2\.0\.0 .* for bank\/production already, at 2026/);
    expect(await there.approve('bo', { comment: '1' })).toMatchObject({ outcome: 'nothing' });
    expect((await there.at.kinds()).filter((kind) => kind === 'approved')).toHaveLength(1);
  });

  it('approves anew where the earlier one is void', async () => {
    const there = await forum();
    await there.approve('bo');
    there.edit('1', { body: 'no' });
    expect(await there.approve('bo')).toMatchObject({ outcome: 'done', approvals: { given: 1 } });
    expect(await there.approve('bo', { rules: { gates: digestOf('new') } })).toMatchObject({
      outcome: 'done',
    });
    expect(there.at.state().approvals).toHaveLength(1);
  });

  it.each<[string, Partial<ApprovalOrder>, RegExp]>([
    ['none are asked for', { policy: samplePolicy() }, /asks for no approvals/],
    ['it is there already', { release: A }, /is in bank\/production already/],
  ])('says that there is nothing to do where %s', async (_, changes, message) => {
    const there = await forum();
    const result = await there.approve('bo', changes);
    expect([result.outcome, result.message]).toEqual(['nothing', expect.stringMatching(message)]);
    expect(await there.at.kinds()).not.toContain('approved');
  });

  it.each<[string, string, (there: Forum) => Partial<ApprovalOrder> | Promise<Partial<ApprovalOrder>>]>([
    ['nobody knows', 'not-registered', () => ({ release: { ...B, digest: digestOf('x') } })],
    ['is in another image', 'image-differs', () => ({ release: { ...B, image: 'ghcr.io/other/bank' } })],
    [
      'is quarantined',
      'quarantined',
      async ({ at }) => {
        await promoteAt(at, B);
        await rollbackAt(at);
        at.pass(60_000);
        return { commentedAt: new Date(at.ms).toISOString() };
      },
    ],
    [
      'was approved before another one arrived',
      'overtaken',
      async ({ at }) => {
        const commentedAt = new Date(at.ms).toISOString();
        await promoteAt(at.pass(60_000), C);
        return { commentedAt };
      },
    ],
  ])('refuses what %s', async (_, code, prepare) => {
    const there = await forum();
    const result = await there.approve('bo', await prepare(there));
    expect(result).toMatchObject({ outcome: 'refused', reasons: [{ code }] });
    expect(await there.at.kinds()).not.toContain('approved');
  });

  it('writes nothing when only asked what would happen', async () => {
    const there = await forum();
    expect(await there.approve('bo', { dryRun: true })).toMatchObject({ outcome: 'planned' });
    expect(there.at.state().approvals).toBeUndefined();
  });
});

describe('a promotion that needs two approvals', () => {
  it('goes with both, says whose in the ledger, and uses them up', async () => {
    const there = await forum();
    expect(await there.promote()).toMatchObject({ outcome: 'refused', reasons: [{ code: 'approvals' }] });
    for (const login of ['bo', 'cy']) await there.approve(login);
    expect((await there.promote()).outcome).toBe('done');
    const intent = (await there.at.entries()).findLast(({ entry }) => entry.kind === 'intent')?.entry;
    expect(intent).toMatchObject({
      approvedBy: [
        { by: 'bo', comment: '1' },
        { by: 'cy', comment: '2' },
      ],
    });
    expect(there.at.state().approvals).toBeUndefined();
  });

  it.each<[string, (there: Forum) => unknown]>([
    ['an edited comment', (there) => there.edit('1', { updatedAt: '2026-03-02T00:00:00Z' })],
    ['a comment that is gone', (there) => there.comments.delete('1')],
    ['comments that cannot be read', (there) => (there.trouble = new Error('GitHub answered 502.'))],
  ])('reads them again: %s', async (_, happens) => {
    const there = await forum();
    for (const login of ['bo', 'cy']) await there.approve(login);
    happens(there);
    expect((await there.promote()).reasons?.map(({ code }) => code)).toEqual(['approvals']);
  });

  it('reads them again when the ledger changed under it', async () => {
    const there = await forum();
    for (const login of ['bo', 'cy']) await there.approve(login);
    there.at.before('append intent', async () => {
      await there.approve('di', { release: C });
      there.edit('1', { body: 'no' });
    });
    const result = await there.promote();
    expect(result.reasons?.map(({ code }) => code)).toEqual(['approvals']);
    expect(there.reads).toBe(4);
    expect(await there.at.kinds()).toEqual([
      'intent',
      'moved',
      'deployed',
      'healthy',
      'approved',
      'approved',
      'approved',
    ]);
  });

  it('does not go from where nobody can read comments', async () => {
    const there = await forum();
    for (const login of ['bo', 'cy']) await there.approve(login);
    const result = await promoteAt(there.at, B, { policy: TWO, rules });
    expect(result).toMatchObject({ outcome: 'refused' });
    expect(result.message).toContain(
      'The one by bo does not count: its comment cannot be read again from here',
    );
  });

  it('does not go on those of another release, of other gates, or from before another release', async () => {
    const there = await forum();
    for (const login of ['bo', 'cy']) await there.approve(login, { release: C });
    expect((await there.promote()).outcome).toBe('refused');
    for (const login of ['bo', 'cy']) await there.approve(login);
    expect((await there.promote(TWO, { gates: digestOf('weaker') })).outcome).toBe('refused');
    await promoteAt(there.at, C);
    expect((await there.promote()).outcome).toBe('refused');
  });

  it('reads no comment where the environment asks for none', async () => {
    const there = await forum();
    await there.approve('bo');
    expect((await there.promote(samplePolicy())).outcome).toBe('done');
    expect(there.reads).toBe(0);
  });
});
